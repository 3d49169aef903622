package dev.partita.operator.table;

/// Annotations that mean something.
final class Annotations {

  /// `"true"` of a DynamoTable takes over a table that exists already.
  static final String ADOPT = "partita.dev/adopt";

  /// Of a default cluster and its key: the DynamoTable that they were made for.
  static final String MADE_FOR = "partita.dev/made-for";

  private Annotations() {}
}
