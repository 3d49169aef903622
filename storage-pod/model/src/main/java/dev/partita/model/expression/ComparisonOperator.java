package dev.partita.model.expression;

/// The operators of the parameters that came before expressions: `KeyConditions`, `QueryFilter`,
/// `ScanFilter`, `Expected`. Source of what each takes: recorded from DynamoDB Local.
public enum ComparisonOperator {
  EQ(1, 1),
  NE(1, 1),
  LE(1, 1),
  LT(1, 1),
  GE(1, 1),
  GT(1, 1),
  IN(1, Integer.MAX_VALUE),
  BETWEEN(2, 2),
  NULL(0, 0),
  NOT_NULL(0, 0),
  CONTAINS(1, 1),
  NOT_CONTAINS(1, 1),
  BEGINS_WITH(1, 1);

  private final int fewest;
  private final int most;

  ComparisonOperator(int fewest, int most) {
    this.fewest = fewest;
    this.most = most;
  }

  /// Whether it takes so many values.
  boolean takes(int count) {
    return count >= fewest && count <= most;
  }

  /// Whether a value of this type may stand in its list.
  ///
  /// @param type a type descriptor
  boolean takes(String type) {
    return switch (this) {
      case EQ, NE, NULL, NOT_NULL -> true;
      case LE, LT, GE, GT, IN, BETWEEN -> isOrdered(type);
      case CONTAINS, NOT_CONTAINS -> isOrdered(type) || type.equals("BOOL") || type.equals("NULL");
      case BEGINS_WITH -> type.equals("S") || type.equals("B");
    };
  }

  private static boolean isOrdered(String type) {
    return type.equals("S") || type.equals("N") || type.equals("B");
  }

  /// Whether rows can be found by it: the others can only look at each.
  boolean isIndexable() {
    return switch (this) {
      case EQ, LE, LT, GE, GT, BETWEEN, BEGINS_WITH -> true;
      case NE, IN, NULL, NOT_NULL, CONTAINS, NOT_CONTAINS -> false;
    };
  }
}
