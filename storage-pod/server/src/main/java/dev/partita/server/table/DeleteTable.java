package dev.partita.server.table;

import dev.partita.cluster.Cluster;
import dev.partita.cluster.TableOutcome;
import dev.partita.model.table.TableRecord;
import dev.partita.model.table.TableRecord.TableStatus;
import dev.partita.server.json.RequestReader;
import dev.partita.server.operation.Operation;
import dev.partita.server.operation.Reply;
import dev.partita.server.operation.RequestContext;
import java.util.concurrent.CompletableFuture;

/// DeleteTable: answers while the table is `DELETING`. Deleting a table that is being deleted is no
/// error.
public final class DeleteTable implements Operation {

  private final Cluster cluster;

  public DeleteTable(Cluster cluster) {
    this.cluster = cluster;
  }

  @Override
  public String name() {
    return "DeleteTable";
  }

  @Override
  public CompletableFuture<Reply> handle(RequestContext context, byte[] body) {
    String name =
        context.tableName(RequestReader.read(TableShapes.DELETE, body).requiredText("TableName"));
    return cluster
        .deleteTable(name)
        .thenCompose(outcome -> record(name, outcome))
        .thenApply(
            table -> Reply.ok(TableDescriptions.writeDeleted(context, table, cluster.size(table))));
  }

  private CompletableFuture<TableRecord> record(String name, TableOutcome outcome) {
    if (outcome instanceof TableOutcome.InUse(TableStatus status)
        && status == TableStatus.DELETING) {
      return cluster.table(name).thenApply(table -> TableErrors.existing(name, table));
    }
    return CompletableFuture.completedFuture(TableErrors.recordOf(name, outcome));
  }
}
