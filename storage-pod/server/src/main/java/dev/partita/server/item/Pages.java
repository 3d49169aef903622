package dev.partita.server.item;

import dev.partita.cluster.Cluster;
import dev.partita.model.capacity.CapacityUnits;
import dev.partita.model.command.PageOutcome;
import dev.partita.model.command.PageRead;
import dev.partita.model.error.ApiException;
import dev.partita.model.table.TableDefinition;
import dev.partita.model.value.Bytes;
import dev.partita.server.json.JsonBuffer;
import dev.partita.server.operation.AnswerMemory;
import dev.partita.server.operation.Reply;
import dev.partita.server.operation.RequestContext;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The way that `Query` and `Scan` share once a request is understood: find the table, have the
/// page read, write it.
final class Pages {

  private final Cluster cluster;
  private final Tables tables;

  Pages(Cluster cluster) {
    this.cluster = cluster;
    this.tables = new Tables(cluster);
  }

  /// What is to be read, once the table is known.
  interface Maker {
    /// @throws ApiException if the request does not fit the table
    PageRead read(PageTarget target);
  }

  CompletableFuture<Reply> page(RequestContext context, PageParameters parameters, Maker maker) {
    return tables
        .serving(context, parameters.tableName())
        .thenCompose(
            table -> {
              PageTarget target = PageTarget.of(table, parameters.indexName());
              PageRead read = maker.read(target);
              return cluster
                  .page(table, read, parameters.consistent())
                  .thenApply(
                      outcome -> reply(outcome, target, read, parameters, context.answerMemory()));
            });
  }

  private static Reply reply(
      PageOutcome outcome,
      PageTarget target,
      PageRead read,
      PageParameters parameters,
      AnswerMemory memory) {
    return switch (outcome) {
      case PageOutcome.Page(PageOutcome.Rows rows, Bytes last) ->
          reply(rows, last, target, read, parameters, memory);
      case PageOutcome.Paused _ ->
          throw new IllegalStateException("half a page came out of the cluster");
      case PageOutcome.Unavailable(String reason) ->
          throw Tables.unavailable("The items could not be read: ", reason);
    };
  }

  private static Reply reply(
      PageOutcome.Rows rows,
      @Nullable Bytes last,
      PageTarget target,
      PageRead read,
      PageParameters parameters,
      AnswerMemory memory) {
    JsonBuffer json = AnswerBuffers.of(rows.items(), memory).startObject();
    if (!read.countOnly()) {
      json.name("Items").startArray();
      for (Bytes item : rows.items()) {
        ItemJson.of(item, json);
      }
      json.endArray();
    }
    json.name("Count").number(rows.matched()).name("ScannedCount").number(rows.evaluated());
    if (last != null) {
      StartKeys.write(target, last, json.name("LastEvaluatedKey"));
    }
    writeCapacity(rows, target, parameters, json);
    return Reply.ok(json.endObject().toByteArray());
  }

  private static void writeCapacity(
      PageOutcome.Rows rows, PageTarget target, PageParameters parameters, JsonBuffer json) {
    boolean consistent = parameters.consistent();
    double units = CapacityUnits.read(rows.bytesRead(), consistent);
    String table = target.definition().name();
    TableDefinition.LocalIndex index = target.index();
    if (index == null) {
      parameters.capacity().write(table, units, json);
    } else {
      double fetched = CapacityUnits.ofUnits(rows.fetchUnits(), consistent);
      parameters.capacity().writeIndexRead(table, index.name(), units, fetched, json);
    }
  }
}
