package dev.partita.server.item;

import dev.partita.cluster.Cluster;
import dev.partita.model.error.ApiException;
import dev.partita.model.error.BatchTexts;
import dev.partita.model.error.PlaceholderTexts;
import dev.partita.model.expression.Path;
import dev.partita.model.key.PrimaryKey;
import dev.partita.model.table.TableRecord;
import dev.partita.model.value.AttributeValue;
import dev.partita.server.json.AttributeMap;
import dev.partita.server.json.RequestReader;
import dev.partita.server.json.Structure;
import dev.partita.server.json.TableNames;
import dev.partita.server.operation.Operation;
import dev.partita.server.operation.Reply;
import dev.partita.server.operation.RequestContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// `BatchGetItem`: up to 100 items, each read for itself.
public final class BatchGetItem implements Operation {

  private static final List<String> EXPRESSIONS = List.of("ProjectionExpression");
  private static final List<String> LEGACY = List.of("AttributesToGet");

  private final Cluster cluster;
  private final BatchTables tables;

  public BatchGetItem(Cluster cluster) {
    this.cluster = cluster;
    this.tables = new BatchTables(new Tables(cluster));
  }

  @Override
  public String name() {
    return "BatchGetItem";
  }

  @Override
  public boolean isRead() {
    return true;
  }

  /// What is asked of one table.
  ///
  /// @param request `KeysAndAttributes` as it came
  /// @param projection null for whole items
  record Asked(
      Structure request, List<Map<String, AttributeValue>> keys, @Nullable List<Path> projection) {

    boolean consistent() {
      return request.flag("ConsistentRead", false);
    }
  }

  @Override
  public CompletableFuture<Reply> handle(RequestContext context, byte[] body) {
    Structure request = RequestReader.read(BatchShapes.GET, body);
    ConsumedCapacity capacity = ConsumedCapacity.of(request.text("ReturnConsumedCapacity"));
    Map<String, Structure> given = request.structureMap("RequestItems");
    if (given == null || given.isEmpty()) {
      throw BatchTables.required(name());
    }
    checkCounts(given);
    checkOneFamily(given);
    Map<String, Asked> asked = asked(given);
    return tables
        .lookUp(context, asked.keySet())
        .thenCompose(lookups -> read(asked, lookups))
        .thenApply(answer -> Reply.ok(answer.toJson(capacity, context.answerMemory())));
  }

  private static void checkCounts(Map<String, Structure> given) {
    given.forEach(
        (table, request) -> {
          if (keys(request).size() > BatchShapes.MAX_KEYS) {
            throw ApiException.validation(BatchTexts.tooManyKeys(table, BatchShapes.MAX_KEYS));
          }
        });
  }

  private static List<AttributeMap> keys(Structure request) {
    return Objects.requireNonNull(request.attributeMaps("Keys"));
  }

  /// All tables of a request go with expressions, or all go without.
  private static void checkOneFamily(Map<String, Structure> given) {
    boolean expressions = false;
    boolean older = false;
    for (Structure request : given.values()) {
      expressions |= request.has("ProjectionExpression");
      older |= request.has("AttributesToGet");
    }
    if (expressions && older) {
      throw ApiException.validation(PlaceholderTexts.twoFamilies(LEGACY, EXPRESSIONS));
    }
  }

  private Map<String, Asked> asked(Map<String, Structure> given) {
    Map<String, Asked> asked = new LinkedHashMap<>();
    Map<String, Set<Map<String, AttributeValue>>> seen = new HashMap<>();
    int count = 0;
    for (Map.Entry<String, Structure> entry : given.entrySet()) {
      Structure request = entry.getValue();
      List<Path> projection = projection(request);
      // A table may be asked for by its name and by its ARN.
      Set<Map<String, AttributeValue>> before =
          seen.computeIfAbsent(TableNames.plain(entry.getKey()), _ -> new HashSet<>());
      List<Map<String, AttributeValue>> keys = new ArrayList<>();
      for (AttributeMap key : keys(request)) {
        if (!before.add(key.values())) {
          throw BatchTables.duplicates();
        }
        keys.add(key.values());
        if (++count > BatchShapes.MAX_KEYS) {
          throw BatchTables.tooMany(name());
        }
      }
      asked.put(entry.getKey(), new Asked(request, keys, projection));
    }
    return asked;
  }

  private static @Nullable List<Path> projection(Structure request) {
    List<Path> older = AttributesToGet.read(request);
    ExpressionParameters expressions =
        ExpressionParameters.of(request, EXPRESSIONS, List.of(), false);
    expressions.checkPlaceholders();
    expressions.open();
    List<Path> projection = expressions.projection();
    expressions.close();
    return older == null ? projection : older;
  }

  private CompletableFuture<BatchAnswer> read(
      Map<String, Asked> asked, List<CompletableFuture<TableRecord>> lookups) {
    BatchAnswer answer = new BatchAnswer();
    List<Cluster.Reads> reads = new ArrayList<>();
    List<List<PrimaryKey>> keys = new ArrayList<>();
    int next = 0;
    for (Asked table : asked.values()) {
      TableRecord record = lookups.get(next++).join();
      keys.add(
          table.keys().stream().map(key -> KeySchema.ofKey(record.definition(), key)).toList());
      new KeyPaths().of(table.projection()).check(record.definition());
    }
    next = 0;
    for (Map.Entry<String, Asked> entry : asked.entrySet()) {
      TableRecord record = lookups.get(next).join();
      answer.add(entry.getKey(), record.definition().name(), entry.getValue());
      reads.add(new Cluster.Reads(record, keys.get(next), entry.getValue().consistent()));
      next++;
    }
    return cluster.readAll(reads).thenApply(answer::take);
  }
}
