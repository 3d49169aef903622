package dev.partita.operator.dynamo;

/// What the DynamoDB API said.
public sealed interface TableAnswer {

  /// The table as it is.
  record Found(TableState table) implements TableAnswer {}

  /// A change was taken; the table settles later.
  record Accepted() implements TableAnswer {}

  /// There is no such table.
  record Missing() implements TableAnswer {}

  /// The table exists already, or is being made, changed or deleted.
  record InUse(String text) implements TableAnswer {}

  /// It will never be done as it was asked for.
  ///
  /// @param text the API's own
  record Refused(String text) implements TableAnswer {}

  /// A limit is reached; the same may be done later.
  ///
  /// @param text the API's own
  record NotNow(String text) implements TableAnswer {}

  /// Nobody knows whether it was done.
  ///
  /// @param text why there is no answer
  record Unreachable(String text) implements TableAnswer {}
}
