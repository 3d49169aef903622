package dev.partita.server.item;

import dev.partita.cluster.Cluster;
import dev.partita.model.capacity.CapacityUnits;
import dev.partita.model.command.ReadOutcome;
import dev.partita.model.error.ApiException;
import dev.partita.model.expression.Path;
import dev.partita.model.expression.Projections;
import dev.partita.model.item.ItemCodec;
import dev.partita.model.item.StoredItem;
import dev.partita.model.key.PrimaryKey;
import dev.partita.model.table.TableRecord;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.Bytes;
import dev.partita.server.json.JsonBuffer;
import dev.partita.server.json.RequestReader;
import dev.partita.server.json.Structure;
import dev.partita.server.operation.AnswerMemory;
import dev.partita.server.operation.Operation;
import dev.partita.server.operation.Reply;
import dev.partita.server.operation.RequestContext;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// `GetItem`.
public final class GetItem implements Operation {

  private static final List<String> EXPRESSIONS = List.of("ProjectionExpression");
  private static final List<String> LEGACY = List.of("AttributesToGet");

  private final Cluster cluster;
  private final Tables tables;

  public GetItem(Cluster cluster) {
    this.cluster = cluster;
    this.tables = new Tables(cluster);
  }

  @Override
  public String name() {
    return "GetItem";
  }

  @Override
  public boolean isRead() {
    return true;
  }

  @Override
  public CompletableFuture<Reply> handle(RequestContext context, byte[] body) {
    Structure request = RequestReader.read(ItemShapes.GET, body);
    ExpressionParameters expressions = ExpressionParameters.of(request, EXPRESSIONS, LEGACY, false);
    expressions.checkPlaceholders();
    expressions.open();
    List<Path> older = AttributesToGet.read(request);
    List<Path> expressed = expressions.projection();
    List<Path> projection = expressed == null ? older : expressed;
    expressions.close();
    Map<String, AttributeValue> key = request.requiredAttributes("Key").values();
    boolean consistent = request.flag("ConsistentRead", false);
    ConsumedCapacity capacity = ConsumedCapacity.of(request.text("ReturnConsumedCapacity"));
    return tables
        .serving(context, request.requiredText("TableName"))
        .thenCompose(
            table -> {
              PrimaryKey primaryKey = KeySchema.ofKey(table.definition(), key);
              new KeyPaths().of(projection).check(table.definition());
              return cluster
                  .read(table, primaryKey, consistent)
                  .thenApply(
                      outcome ->
                          reply(
                              outcome,
                              table,
                              projection,
                              consistent,
                              capacity,
                              context.answerMemory()));
            });
  }

  private static Reply reply(
      ReadOutcome outcome,
      TableRecord table,
      @Nullable List<Path> projection,
      boolean consistent,
      ConsumedCapacity capacity,
      AnswerMemory memory) {
    return switch (outcome) {
      case ReadOutcome.Found(Bytes stored) -> {
        JsonBuffer json = written(stored, projection, memory);
        int size = StoredItem.header(stored.unsafeArray()).size();
        yield finish(json, table, size, consistent, capacity);
      }
      case ReadOutcome.Missing _ ->
          finish(new JsonBuffer().startObject(), table, 0, consistent, capacity);
      case ReadOutcome.Unavailable(String reason) -> throw unavailable(reason);
    };
  }

  static ApiException unavailable(String reason) {
    return Tables.unavailable("The item could not be read: ", reason);
  }

  /// The begin of the answer: a stored item, or what a projection leaves of it.
  private static JsonBuffer written(
      Bytes stored, @Nullable List<Path> projection, AnswerMemory memory) {
    byte[] octets = stored.unsafeArray();
    int offset = StoredItem.HEADER_BYTES;
    if (projection != null) {
      octets = projected(stored, projection).unsafeArray();
      offset = 0;
    }
    int length = octets.length - offset;
    JsonBuffer json = AnswerBuffers.of(octets, offset, length, memory).startObject().name("Item");
    ItemJson.of(octets, offset, length, json);
    return json;
  }

  /// What a projection leaves of a stored item, as an encoded attribute map.
  static Bytes projected(Bytes stored, List<Path> projection) {
    Map<String, AttributeValue> item =
        ItemCodec.decode(
            stored.unsafeArray(),
            StoredItem.HEADER_BYTES,
            stored.length() - StoredItem.HEADER_BYTES);
    return ItemCodec.encode(Projections.project(projection, item));
  }

  private static Reply finish(
      JsonBuffer json,
      TableRecord table,
      int itemSize,
      boolean consistent,
      ConsumedCapacity capacity) {
    capacity.write(table.definition().name(), CapacityUnits.read(itemSize, consistent), json);
    return Reply.ok(json.endObject().toByteArray());
  }
}
