package dev.partita.cluster.catalog;

import dev.partita.model.table.TableDefinition;
import java.util.List;
import java.util.UUID;

/// One entry of the catalog's log. Everything that is not the same on every replica (time, chance,
/// which pods there are) is decided by the leader and carried along. Times are milliseconds since
/// 1970.
sealed interface CatalogCommand {

  /// @param tableId the UUID that DescribeTable shows
  /// @param placement for each partition in range order the pods that hold it; ids are counted off
  ///   where it is applied
  /// @param maxTables above which it is refused
  record CreateTable(
      UUID tableId,
      long now,
      TableDefinition definition,
      List<List<String>> placement,
      int maxTables)
      implements CatalogCommand {
    public CreateTable {
      placement = placement.stream().map(List::copyOf).toList();
    }
  }

  /// Every partition of a new table has a leader.
  record ActivateTable(long id) implements CatalogCommand {}

  /// Replaces a definition if it is still the expected one.
  record UpdateTable(TableDefinition expected, TableDefinition updated, long now)
      implements CatalogCommand {}

  /// Starts to delete a table, unless it is protected.
  record DeleteTable(String name) implements CatalogCommand {}

  /// Every replica of a deleted table is gone, or is left to drop itself.
  record RemoveTable(long id) implements CatalogCommand {}
}
