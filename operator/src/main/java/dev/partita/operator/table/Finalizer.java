package dev.partita.operator.table;

/// What holds a DynamoTable until its table is deleted.
final class Finalizer {

  static final String NAME = "partita.dev/delete-table";

  private Finalizer() {}
}
