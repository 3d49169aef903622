package dev.partita.e2e.differential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// A table of the differential test.
///
/// @param hash partition key attribute
/// @param hashType S, N or B
/// @param range sort key attribute, or null
/// @param rangeType its type, or null
/// @param indexes local secondary indexes
record Schema(
    String table,
    String hash,
    String hashType,
    @Nullable String range,
    @Nullable String rangeType,
    List<Index> indexes) {

  /// A local secondary index.
  ///
  /// @param sort attribute that orders it
  /// @param type S, N or B
  /// @param projection ALL, KEYS_ONLY or INCLUDE
  /// @param included attributes of INCLUDE
  record Index(String name, String sort, String type, String projection, List<String> included) {}

  private static final List<String> TYPES = List.of("S", "N", "B");
  private static final List<String> INDEXED = List.of("lo", "mid", "hi", "num", "flag");
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /// Tables for one lane and round: one without a sort key, one without indexes, others at random.
  static List<Schema> some(Random random, String prefix) {
    List<Schema> schemas = new ArrayList<>();
    schemas.add(new Schema(prefix + "Hash", "pk", type(random), null, null, List.of()));
    schemas.add(new Schema(prefix + "Range", "pk", "S", "sk", type(random), List.of()));
    for (int i = 0; i < 2; i++) {
      schemas.add(
          new Schema(
              prefix + "Local" + i, "id", type(random), "when", type(random), indexes(random)));
    }
    return schemas;
  }

  private static List<Index> indexes(Random random) {
    List<Index> indexes = new ArrayList<>();
    Map<String, String> types = new LinkedHashMap<>();
    for (int i = 1 + random.nextInt(5); i > 0; i--) {
      String sort = INDEXED.get(random.nextInt(INDEXED.size()));
      String type = types.computeIfAbsent(sort, _ -> type(random));
      String projection = List.of("ALL", "KEYS_ONLY", "INCLUDE").get(random.nextInt(3));
      List<String> included = new ArrayList<>();
      if (projection.equals("INCLUDE")) {
        included.add(Names.TOP.get(random.nextInt(3)));
        if (random.nextBoolean()) {
          included.add(Names.TOP.get(4 + random.nextInt(3)));
        }
      }
      indexes.add(new Index("by-" + sort + "-" + i, sort, type, projection, included));
    }
    return indexes;
  }

  private static String type(Random random) {
    return TYPES.get(random.nextInt(TYPES.size()));
  }

  List<String> keys() {
    return range == null ? List.of(hash) : List.of(hash, range);
  }

  /// Attributes that order the table or an index of it.
  List<String> ordering() {
    List<String> names = new ArrayList<>(keys());
    indexes.forEach(index -> names.add(index.sort()));
    return names.stream().distinct().toList();
  }

  @Nullable Index index(String name) {
    return indexes.stream().filter(index -> index.name().equals(name)).findFirst().orElse(null);
  }

  ObjectNode key(Random random) {
    ObjectNode key = JSON.objectNode();
    key.set(hash, hashValue(random));
    if (range != null && rangeType != null) {
      key.set(range, sortValue(rangeType, random));
    }
    return key;
  }

  ObjectNode hashValue(Random random) {
    return Keys.value(hashType, random.nextInt(range == null ? 24 : 5));
  }

  static ObjectNode sortValue(String type, Random random) {
    return Keys.value(type, random.nextInt(12));
  }

  /// The key of an item, as far as it has one.
  ObjectNode keyOf(JsonNode item) {
    ObjectNode key = JSON.objectNode();
    keys().stream().filter(item::has).forEach(name -> key.set(name, item.path(name)));
    return key;
  }

  /// @param spread over several partitions
  String createTable(boolean spread) {
    ObjectNode request = JSON.objectNode().put("TableName", table);
    request.put("BillingMode", "PAY_PER_REQUEST");
    if (spread) {
      // As a new table without it is promised, but then Partita cuts it into four.
      request
          .putObject("WarmThroughput")
          .put("ReadUnitsPerSecond", 12_000)
          .put("WriteUnitsPerSecond", 4_000);
    }
    Map<String, String> types = new LinkedHashMap<>();
    types.put(hash, hashType);
    if (range != null && rangeType != null) {
      types.put(range, rangeType);
    }
    indexes.forEach(index -> types.put(index.sort(), index.type()));
    ArrayNode definitions = request.putArray("AttributeDefinitions");
    types.forEach(
        (name, type) ->
            definitions.addObject().put("AttributeName", name).put("AttributeType", type));
    keySchema(request, range);
    if (!indexes.isEmpty()) {
      ArrayNode list = request.putArray("LocalSecondaryIndexes");
      for (Index index : indexes) {
        ObjectNode entry = list.addObject().put("IndexName", index.name());
        keySchema(entry, index.sort());
        ObjectNode projection = entry.putObject("Projection");
        projection.put("ProjectionType", index.projection());
        if (!index.included().isEmpty()) {
          ArrayNode included = projection.putArray("NonKeyAttributes");
          index.included().forEach(included::add);
        }
      }
    }
    return request.toString();
  }

  private void keySchema(ObjectNode into, @Nullable String sort) {
    ArrayNode schema = into.putArray("KeySchema");
    schema.addObject().put("AttributeName", hash).put("KeyType", "HASH");
    if (sort != null) {
      schema.addObject().put("AttributeName", sort).put("KeyType", "RANGE");
    }
  }
}
