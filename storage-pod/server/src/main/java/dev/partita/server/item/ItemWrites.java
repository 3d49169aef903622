package dev.partita.server.item;

import dev.partita.cluster.Cluster;
import dev.partita.model.command.WriteCommand;
import dev.partita.model.table.TableRecord;
import dev.partita.server.json.Structure;
import dev.partita.server.operation.Reply;
import dev.partita.server.operation.RequestContext;
import java.util.concurrent.CompletableFuture;

/// The way that `PutItem`, `UpdateItem` and `DeleteItem` share once a request is understood.
final class ItemWrites {

  private final Cluster cluster;
  private final Tables tables;

  ItemWrites(Cluster cluster) {
    this.cluster = cluster;
    this.tables = new Tables(cluster);
  }

  /// What is to be done, once the table is known.
  interface Maker {
    /// @throws dev.partita.model.error.ApiException if the request does not fit the table
    WriteCommand command(TableRecord table);
  }

  /// Finds the table, has the command decided, and answers with the outcome.
  CompletableFuture<Reply> write(
      RequestContext context, Structure request, WriteOptions options, Maker maker) {
    return tables
        .serving(context, request.requiredText("TableName"))
        .thenCompose(
            table -> {
              WriteCommand command = maker.command(table);
              return cluster
                  .write(table, command)
                  .thenApply(outcome -> WriteReplies.of(outcome, table, command.key(), options));
            });
  }
}
