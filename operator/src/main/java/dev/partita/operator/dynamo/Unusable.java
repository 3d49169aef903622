package dev.partita.operator.dynamo;

/// A cluster that cannot be talked to as things are.
///
/// @param why for people
record Unusable(String why) implements TableApi {

  @Override
  public TableAnswer describe(String table) {
    return new TableAnswer.Unreachable(why);
  }

  @Override
  public TableAnswer describeWithTags(String table) {
    return new TableAnswer.Unreachable(why);
  }

  @Override
  public TableAnswer create(TableWish wish) {
    return new TableAnswer.Unreachable(why);
  }

  @Override
  public TableAnswer update(String table, TableChange change) {
    return new TableAnswer.Unreachable(why);
  }

  @Override
  public TableAnswer delete(String table) {
    return new TableAnswer.Unreachable(why);
  }
}
