package dev.partita.cluster;

import dev.partita.model.table.TableRecord;

/// What asking for a table came to.
public sealed interface TableLookup {

  /// @param table as the catalog has it
  record Found(TableRecord table) implements TableLookup {}

  /// The catalog has no table of that name.
  record Missing() implements TableLookup {}

  /// The catalog could not be asked, and this pod's copy may be too old to say. SDKs retry.
  record Unavailable(String reason) implements TableLookup {}
}
