package dev.partita.server.table;

import dev.partita.cluster.Cluster;
import dev.partita.server.json.RequestReader;
import dev.partita.server.operation.Operation;
import dev.partita.server.operation.Reply;
import dev.partita.server.operation.RequestContext;
import java.util.concurrent.CompletableFuture;

/// DescribeTable.
public final class DescribeTable implements Operation {

  private final Cluster cluster;

  public DescribeTable(Cluster cluster) {
    this.cluster = cluster;
  }

  @Override
  public String name() {
    return "DescribeTable";
  }

  @Override
  public CompletableFuture<Reply> handle(RequestContext context, byte[] body) {
    String name =
        context.tableName(RequestReader.read(TableShapes.DESCRIBE, body).requiredText("TableName"));
    return cluster
        .table(name)
        .thenApply(table -> TableErrors.existing(name, table))
        .thenApply(
            table ->
                Reply.ok(TableDescriptions.write("Table", context, table, cluster.size(table))));
  }
}
