package dev.partita.server.table;

import dev.partita.cluster.Cluster;
import dev.partita.cluster.TableLookup;
import dev.partita.cluster.TableOutcome;
import dev.partita.model.error.ApiException;
import dev.partita.model.table.TableDefinition;
import dev.partita.model.table.TableRecord;
import dev.partita.model.table.TableRecord.TableStatus;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/// Changes definitions of tables by compare-and-set: where another change came between, the change
/// is decided anew on what that one left.
final class TableUpdates {

  /// How often a change is decided anew because another one came between.
  private static final int MAX_ATTEMPTS = 5;

  private final Cluster cluster;

  TableUpdates(Cluster cluster) {
    this.cluster = cluster;
  }

  /// @param name plain name of the table
  /// @param change the definition after the change; may throw an ApiException, may be called more
  ///   than once
  /// @return the table as the catalog has it then; fails with an ApiException
  CompletableFuture<TableRecord> apply(String name, UnaryOperator<TableDefinition> change) {
    return apply(name, change, TableErrors.notFound(name));
  }

  /// @param notFound what it fails with where there is no such table
  CompletableFuture<TableRecord> apply(
      String name, UnaryOperator<TableDefinition> change, ApiException notFound) {
    return attempt(name, change, notFound, MAX_ATTEMPTS);
  }

  private CompletableFuture<TableRecord> attempt(
      String name, UnaryOperator<TableDefinition> change, ApiException notFound, int left) {
    return cluster
        .table(name)
        .thenCompose(
            found -> {
              if (found instanceof TableLookup.Missing) {
                throw notFound;
              }
              TableRecord table = TableErrors.existing(name, found);
              if (table.status() != TableStatus.ACTIVE) {
                throw TableErrors.inUse(name, table.status());
              }
              TableDefinition updated = change.apply(table.definition());
              if (updated.equals(table.definition())) {
                return CompletableFuture.completedFuture(table);
              }
              return cluster
                  .updateTable(name, updated, table.definition())
                  .thenCompose(
                      outcome ->
                          outcome instanceof TableOutcome.Changed && left > 1
                              ? attempt(name, change, notFound, left - 1)
                              : CompletableFuture.completedFuture(
                                  TableErrors.recordOf(name, outcome)));
            });
  }
}
