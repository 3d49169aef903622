package dev.partita.cluster;

import dev.partita.model.table.TableRecord;
import dev.partita.model.table.TableRecord.TableStatus;

/// What became of a request to create, update or delete a table.
public sealed interface TableOutcome {

  /// It is so.
  ///
  /// @param table as the catalog has it now; for a deletion the record with status `DELETING`
  record Done(TableRecord table) implements TableOutcome {}

  /// No table has that name.
  record NotFound() implements TableOutcome {}

  /// A table of that name exists, in whatever status.
  record AlreadyExists() implements TableOutcome {}

  /// The table is in a status that forbids the change.
  record InUse(TableStatus status) implements TableOutcome {}

  /// The table's deletion protection is on.
  record Protected() implements TableOutcome {}

  /// The definition is not the expected one any more: read it and decide again.
  record Changed() implements TableOutcome {}

  /// A limit of the cluster or of the day.
  ///
  /// @param message text for the client
  record LimitExceeded(String message) implements TableOutcome {}

  /// No answer from the catalog in time: it may or may not be done. SDKs retry.
  record Unavailable(String reason) implements TableOutcome {}
}
