package dev.partita.operator.table;

/// Annotations of a DynamoTable that mean something.
final class Annotations {

  /// `"true"` takes over a table that exists already.
  static final String ADOPT = "partita.dev/adopt";

  private Annotations() {}
}
