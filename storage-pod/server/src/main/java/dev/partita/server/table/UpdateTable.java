package dev.partita.server.table;

import dev.partita.cluster.Cluster;
import dev.partita.model.table.TableRecord;
import dev.partita.server.operation.Operation;
import dev.partita.server.operation.Reply;
import dev.partita.server.operation.RequestContext;
import java.util.concurrent.CompletableFuture;

/// UpdateTable: billing mode, capacity, table class, deletion protection.
public final class UpdateTable implements Operation {

  private final Cluster cluster;
  private final TableUpdates updates;

  public UpdateTable(Cluster cluster) {
    this.cluster = cluster;
    this.updates = new TableUpdates(cluster);
  }

  @Override
  public String name() {
    return "UpdateTable";
  }

  @Override
  public CompletableFuture<Reply> handle(RequestContext context, byte[] body) {
    TableChange change = TableChange.read(body);
    var _ = context.tableName(change.nameOrArn());
    return apply(change)
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
    return updates.apply(change.tableName(), change::applyTo);
  }
}
