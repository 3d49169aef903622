package dev.partita.server.table;

import dev.partita.cluster.Cluster;
import dev.partita.cluster.TableSize;
import dev.partita.model.table.TableDefinition;
import dev.partita.server.operation.Operation;
import dev.partita.server.operation.Reply;
import dev.partita.server.operation.RequestContext;
import java.util.concurrent.CompletableFuture;

/// CreateTable: answers while the table is still `CREATING`.
public final class CreateTable implements Operation {

  private final Cluster cluster;

  public CreateTable(Cluster cluster) {
    this.cluster = cluster;
  }

  @Override
  public String name() {
    return "CreateTable";
  }

  @Override
  public CompletableFuture<Reply> handle(RequestContext context, byte[] body) {
    TableDefinition definition = NewTable.read(body, context::tableName);
    return cluster
        .createTable(definition)
        .thenApply(outcome -> TableErrors.recordOf(definition.name(), outcome))
        .thenApply(
            table ->
                Reply.ok(
                    TableDescriptions.write("TableDescription", context, table, TableSize.EMPTY)));
  }
}
