package dev.partita.operator.dynamo;

/// The tables of one storage cluster. Blocks for some seconds at most. Nothing is tried twice: who
/// calls looks at the table again first, since a change without an answer may have been done.
public interface TableApi {

  /// @return [TableAnswer.Found], [TableAnswer.Missing] or a failure
  TableAnswer describe(String table);

  /// Asks for the tags too, which takes a second request.
  ///
  /// @return as [#describe]; [TableAnswer.InUse] where only the table could be had
  TableAnswer describeWithTags(String table);

  /// @return [TableAnswer.Accepted] or a failure
  TableAnswer create(TableWish wish);

  /// @return [TableAnswer.Accepted] or a failure
  TableAnswer update(String table, TableChange change);

  /// @return [TableAnswer.Accepted] or a failure
  TableAnswer delete(String table);
}
