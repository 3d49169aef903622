package dev.partita.server.item;

import dev.partita.cluster.Cluster;
import dev.partita.cluster.support.SideBySide;
import dev.partita.model.command.ReturnValues;
import dev.partita.model.command.WriteCommand;
import dev.partita.model.command.WriteOutcome;
import dev.partita.model.error.ApiException;
import dev.partita.model.error.AttributeTexts;
import dev.partita.model.error.ItemTexts;
import dev.partita.model.item.ItemCodec;
import dev.partita.model.item.ItemWriter;
import dev.partita.model.key.PrimaryKey;
import dev.partita.model.table.TableDefinition;
import dev.partita.model.table.TableRecord;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.Bytes;
import dev.partita.model.value.ItemSize;
import dev.partita.server.json.JsonBuffer;
import dev.partita.server.json.RequestReader;
import dev.partita.server.json.Structure;
import dev.partita.server.operation.Operation;
import dev.partita.server.operation.Reply;
import dev.partita.server.operation.RequestContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// `BatchWriteItem`: up to 25 puts and deletes, each for itself.
public final class BatchWriteItem implements Operation {

  private static final int EXPECTED_ITEM_BYTES = 1_024;

  private final Cluster cluster;
  private final BatchTables tables;

  public BatchWriteItem(Cluster cluster) {
    this.cluster = cluster;
    this.tables = new BatchTables(new Tables(cluster));
  }

  @Override
  public String name() {
    return "BatchWriteItem";
  }

  /// One write as it came.
  ///
  /// @param attributes the item to put, or the key to delete
  /// @param encoded the item, null for a delete
  private record Request(
      Map<String, AttributeValue> attributes, @Nullable Bytes encoded, int size) {}

  /// One write of a table that is known.
  ///
  /// @param table as the request names it
  private record Write(String table, Request request, WriteCommand command) {}

  /// All writes of one table.
  private static final class TableWrites {
    final TableRecord table;
    final List<Write> writes = new ArrayList<>();
    final Set<PrimaryKey> keys = new HashSet<>();

    TableWrites(TableRecord table) {
      this.table = table;
    }
  }

  @Override
  public CompletableFuture<Reply> handle(RequestContext context, byte[] body) {
    Structure request = RequestReader.read(BatchShapes.WRITE, body);
    ConsumedCapacity capacity = ConsumedCapacity.of(request.text("ReturnConsumedCapacity"));
    CollectionMetrics metrics = CollectionMetrics.of(request);
    Map<String, List<Structure>> items = request.structureListMap("RequestItems");
    if (items == null || items.isEmpty()) {
      throw BatchTables.required(name());
    }
    Map<String, List<Request>> requests = new LinkedHashMap<>();
    int count = 0;
    for (Map.Entry<String, List<Structure>> entry : items.entrySet()) {
      requests.put(entry.getKey(), requests(entry.getValue()));
      count += entry.getValue().size();
    }
    if (count > BatchShapes.MAX_WRITES) {
      throw BatchTables.tooMany(name());
    }
    return tables
        .lookUp(context, requests.keySet())
        .thenCompose(lookups -> write(requests, lookups, capacity, metrics));
  }

  private static List<Request> requests(List<Structure> given) {
    for (Structure request : given) {
      if (request.has("PutRequest") == request.has("DeleteRequest")) {
        // The text is the service's, for neither as for both.
        throw ApiException.validation(AttributeTexts.SEVERAL_TYPES);
      }
    }
    List<Request> requests = new ArrayList<>(given.size());
    for (Structure request : given) {
      Structure put = request.structure("PutRequest");
      requests.add(
          put == null
              ? new Request(
                  request.requiredStructure("DeleteRequest").requiredAttributes("Key").values(),
                  null,
                  0)
              : put(put.requiredAttributes("Item").values()));
    }
    return requests;
  }

  private static Request put(Map<String, AttributeValue> item) {
    ItemWriter writer = new ItemWriter(EXPECTED_ITEM_BYTES);
    ItemCodec.write(item, writer);
    // Before finish(), which leaves the writer as new.
    int size = writer.size();
    if (size > ItemSize.MAX_ITEM_BYTES) {
      throw ApiException.validation(ItemTexts.TOO_LARGE);
    }
    return new Request(item, writer.finish(), size);
  }

  private CompletableFuture<Reply> write(
      Map<String, List<Request>> requests,
      List<CompletableFuture<TableRecord>> lookups,
      ConsumedCapacity capacity,
      CollectionMetrics metrics) {
    // By id, since a table may be asked for by its name and by its ARN.
    Map<Long, TableWrites> byTable = new LinkedHashMap<>();
    int next = 0;
    for (Map.Entry<String, List<Request>> entry : requests.entrySet()) {
      TableRecord table = lookups.get(next++).join();
      TableWrites writes = byTable.computeIfAbsent(table.id(), _ -> new TableWrites(table));
      for (Request request : entry.getValue()) {
        WriteCommand command = command(table, request);
        if (!writes.keys.add(command.key())) {
          throw BatchTables.duplicates();
        }
        writes.writes.add(new Write(entry.getKey(), request, command));
      }
    }
    List<CompletableFuture<List<WriteOutcome>>> outcomes = new ArrayList<>();
    for (TableWrites writes : byTable.values()) {
      outcomes.add(
          cluster.writeAll(writes.table, writes.writes.stream().map(Write::command).toList()));
    }
    return SideBySide.all(outcomes)
        .thenApply(all -> reply(List.copyOf(byTable.values()), all, capacity, metrics));
  }

  private static WriteCommand command(TableRecord table, Request request) {
    Bytes encoded = request.encoded();
    if (encoded == null) {
      PrimaryKey key = KeySchema.ofKey(table.definition(), request.attributes());
      return new WriteCommand.Delete(table.id(), key, null, ReturnValues.NONE, false);
    }
    PrimaryKey key = KeySchema.ofBatchItem(table.definition(), request.attributes());
    IndexChecks.item(table.definition(), request.attributes(), request.size());
    return new WriteCommand.Put(
        table.id(), key, encoded, request.size(), null, ReturnValues.NONE, false);
  }

  private static Reply reply(
      List<TableWrites> tables,
      List<List<WriteOutcome>> outcomes,
      ConsumedCapacity capacity,
      CollectionMetrics metrics) {
    Map<String, List<Request>> unprocessed = new LinkedHashMap<>();
    Map<String, Consumption> units = new LinkedHashMap<>();
    CollectionList collections = new CollectionList(metrics);
    WriteOutcome.@Nullable Unavailable trouble = null;
    for (int t = 0; t < tables.size(); t++) {
      TableDefinition table = tables.get(t).table.definition();
      List<WriteOutcome> told = outcomes.get(t);
      for (int i = 0; i < told.size(); i++) {
        Write write = tables.get(t).writes.get(i);
        switch (told.get(i)) {
          case WriteOutcome.Written written -> {
            units.merge(table.name(), Consumption.of(written, table), Consumption::plus);
            collections.add(table.name(), write.command().key(), written);
          }
          case WriteOutcome.Unavailable unavailable -> {
            // Also where it may have been written: to put or delete once more does no harm.
            trouble = unavailable;
            unprocessed.computeIfAbsent(write.table(), _ -> new ArrayList<>()).add(write.request());
          }
          case WriteOutcome.CollectionFull _ -> throw WriteReplies.collectionFull();
          case WriteOutcome.Invalid(String message) -> throw ApiException.validation(message);
          case WriteOutcome.ConditionFailed _ ->
              throw new IllegalStateException("the writes of a batch have no conditions");
        }
      }
    }
    if (units.isEmpty() && trouble != null) {
      throw WriteReplies.unavailable(trouble.reason(), trouble.indeterminate());
    }
    JsonBuffer json = new JsonBuffer().startObject();
    json.name("UnprocessedItems").startObject();
    unprocessed.forEach((table, requests) -> echo(table, requests, json));
    json.endObject();
    collections.write(json);
    capacity.write(units, json);
    return Reply.ok(json.endObject().toByteArray());
  }

  private static void echo(String table, List<Request> requests, JsonBuffer json) {
    json.name(table).startArray();
    for (Request request : requests) {
      json.startObject();
      if (request.encoded() == null) {
        json.name("DeleteRequest").startObject();
        ItemJson.of(ItemCodec.encode(request.attributes()), json.name("Key"));
      } else {
        json.name("PutRequest").startObject();
        ItemJson.of(request.encoded(), json.name("Item"));
      }
      json.endObject().endObject();
    }
    json.endArray();
  }
}
