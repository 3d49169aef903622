package dev.partita.server.table;

import dev.partita.cluster.Cluster;
import dev.partita.cluster.TableOutcome;
import dev.partita.model.table.TableDefinition;
import dev.partita.model.table.TableRecord;
import dev.partita.model.table.TableRecord.TableStatus;
import dev.partita.server.operation.Operation;
import dev.partita.server.operation.Reply;
import dev.partita.server.operation.RequestContext;
import java.util.concurrent.CompletableFuture;

/// UpdateTable: billing mode, capacity, table class, deletion protection.
public final class UpdateTable implements Operation {

  /// How often a change is decided anew because another one came between.
  private static final int MAX_ATTEMPTS = 5;

  private final Cluster cluster;

  public UpdateTable(Cluster cluster) {
    this.cluster = cluster;
  }

  @Override
  public String name() {
    return "UpdateTable";
  }

  @Override
  public CompletableFuture<Reply> handle(RequestContext context, byte[] body) {
    return apply(TableChange.read(body))
        .thenApply(
            table ->
                Reply.ok(
                    TableDescriptions.write(
                        "TableDescription", context, table, cluster.size(table))));
  }

  /// Makes a change.
  ///
  /// @return the table as the catalog has it then; fails with an ApiException
  public CompletableFuture<TableRecord> apply(TableChange change) {
    return attempt(change, MAX_ATTEMPTS);
  }

  private CompletableFuture<TableRecord> attempt(TableChange change, int left) {
    String name = change.tableName();
    return cluster
        .table(name)
        .thenCompose(
            found -> {
              TableRecord table = TableErrors.existing(name, found);
              if (table.status() != TableStatus.ACTIVE) {
                throw TableErrors.inUse(name, table.status());
              }
              TableDefinition updated = change.applyTo(table.definition());
              if (updated.equals(table.definition())) {
                return CompletableFuture.completedFuture(table);
              }
              return cluster
                  .updateTable(name, updated, table.definition())
                  .thenCompose(
                      outcome ->
                          outcome instanceof TableOutcome.Changed && left > 1
                              ? attempt(change, left - 1)
                              : CompletableFuture.completedFuture(
                                  TableErrors.recordOf(name, outcome)));
            });
  }
}
