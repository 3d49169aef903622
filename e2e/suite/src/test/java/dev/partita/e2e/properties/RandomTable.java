package dev.partita.e2e.properties;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A table with random types of keys and random local indexes, and random items for it.
///
/// @param hashType of the partition key `h`
/// @param rangeType of the sort key `r`; null for none
/// @param indexes none where there is no sort key
/// @param largeCharacters longest text in an item: some tables take more than a page
/// @param spread whether it is cut into several partitions from the beginning
record RandomTable(
    String name,
    String hashType,
    @Nullable String rangeType,
    List<Index> indexes,
    int largeCharacters,
    boolean spread) {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static final List<String> TYPES = List.of("S", "N", "B");
  private static final List<String> PROJECTIONS = List.of("ALL", "KEYS_ONLY", "INCLUDE");
  private static final int MOST_INDEXES = 4;
  private static final int LARGE_CHARACTERS = 40_000;
  private static final int SMALL_CHARACTERS = 12;

  /// Values of an index's sort key: few, so that entries share them.
  private static final int INDEX_SORTS = 7;

  /// A local index on `sortS`, `sortN` or `sortB`, attributes of these types, or on the table's
  /// sort key.
  ///
  /// @param included attributes besides the keys; empty unless INCLUDE
  record Index(String name, String sort, String projection, Set<String> included) {}

  /// @param indexed whether local indexes are wanted for sure
  static RandomTable of(String name, RandomGenerator random, boolean indexed) {
    String rangeType = indexed || random.nextInt(4) > 0 ? pick(TYPES, random) : null;
    List<Index> indexes = new ArrayList<>();
    int count = rangeType == null ? 0 : random.nextInt(indexed ? 1 : 0, MOST_INDEXES);
    for (int number = 0; number < count; number++) {
      String projection = pick(PROJECTIONS, random);
      Set<String> included = new TreeSet<>();
      if (projection.equals("INCLUDE")) {
        included.add(pick(List.of("x", "y"), random));
        included.add(pick(List.of("y", "z", "sortS"), random));
      }
      String sort = "sort" + pick(TYPES, random);
      included.remove(sort);
      indexes.add(new Index("index" + number, sort, projection, included));
    }
    return new RandomTable(
        name,
        pick(TYPES, random),
        rangeType,
        indexes,
        random.nextInt(3) == 0 ? LARGE_CHARACTERS : SMALL_CHARACTERS,
        random.nextBoolean());
  }

  private static <T> T pick(List<T> from, RandomGenerator random) {
    return from.get(random.nextInt(from.size()));
  }

  /// The body of CreateTable.
  String createTable() {
    ObjectNode body = JSON.objectNode().put("TableName", name);
    body.put("BillingMode", "PAY_PER_REQUEST");
    if (spread) {
      body.putObject("WarmThroughput")
          .put("ReadUnitsPerSecond", 12_000)
          .put("WriteUnitsPerSecond", 4_000);
    }
    ArrayNode definitions = body.putArray("AttributeDefinitions");
    define(definitions, "h", hashType);
    schema(body, rangeType == null ? null : "r");
    if (rangeType != null) {
      define(definitions, "r", rangeType);
    }
    Set<String> sorts = new TreeSet<>();
    indexes.forEach(index -> sorts.add(index.sort()));
    sorts.forEach(sort -> define(definitions, sort, sort.substring(4)));
    for (Index index : indexes) {
      ObjectNode made = body.withArray("LocalSecondaryIndexes").addObject();
      made.put("IndexName", index.name());
      schema(made, index.sort());
      ObjectNode projection =
          made.putObject("Projection").put("ProjectionType", index.projection());
      index.included().forEach(projection.withArray("NonKeyAttributes")::add);
      if (index.included().isEmpty()) {
        projection.remove("NonKeyAttributes");
      }
    }
    return body.toString();
  }

  private static void define(ArrayNode definitions, String attribute, String type) {
    definitions.addObject().put("AttributeName", attribute).put("AttributeType", type);
  }

  private static void schema(ObjectNode of, @Nullable String range) {
    ArrayNode schema = of.putArray("KeySchema");
    schema.addObject().put("AttributeName", "h").put("KeyType", "HASH");
    if (range != null) {
      schema.addObject().put("AttributeName", range).put("KeyType", "RANGE");
    }
  }

  /// A key of the table.
  ///
  /// @param hash number of the partition key's value
  /// @param sort number of the sort key's value
  ObjectNode key(int hash, int sort) {
    ObjectNode key = JSON.objectNode();
    key.set("h", value(hashType, hash));
    if (rangeType != null) {
      key.set("r", value(rangeType, sort));
    }
    return key;
  }

  /// The key of an item.
  ObjectNode keyOf(JsonNode item) {
    ObjectNode key = JSON.objectNode();
    key.set("h", item.get("h"));
    if (rangeType != null) {
      key.set("r", item.get("r"));
    }
    return key;
  }

  /// Names of the attributes that are not the table's key.
  static List<String> attributes() {
    return List.of("sortS", "sortN", "sortB", "x", "y", "z");
  }

  /// A value that an attribute of that name may have.
  ObjectNode attribute(String name, RandomGenerator random) {
    return switch (name) {
      case "sortS", "sortN", "sortB" -> value(name.substring(4), random.nextInt(INDEX_SORTS));
      case "y" -> value("N", random.nextInt(20));
      case "z" -> JSON.objectNode().put("S", "z".repeat(random.nextInt(largeCharacters)));
      default -> {
        ObjectNode map = JSON.objectNode();
        map.putObject("M")
            .set("l", JSON.objectNode().set("L", JSON.arrayNode().add(value("B", 3))));
        yield random.nextBoolean() ? map : JSON.objectNode().put("BOOL", random.nextBoolean());
      }
    };
  }

  /// What an item has in an index; null where it has no entry.
  static @Nullable ObjectNode entry(Index index, JsonNode item) {
    if (!item.has(index.sort())) {
      return null;
    }
    ObjectNode entry = JSON.objectNode();
    item.properties()
        .forEach(
            member -> {
              String name = member.getKey();
              if (index.projection().equals("ALL")
                  || name.equals("h")
                  || name.equals("r")
                  || name.equals(index.sort())
                  || index.included().contains(name)) {
                entry.set(name, member.getValue());
              }
            });
    return entry;
  }

  /// A value of a type that may be a key; different for different numbers.
  static ObjectNode value(String type, int number) {
    ObjectNode value = JSON.objectNode();
    return switch (type) {
      case "S" ->
          value.put(
              "S", List.of("a", "b\u00e9", "\uff5e", "\ud83d\ude80").get(number % 4) + number);
      case "N" ->
          value.put(
              "N", BigDecimal.valueOf((number - 3L) * 15, 1).stripTrailingZeros().toPlainString());
      default ->
          value.put(
              "B",
              Base64.getEncoder()
                  .encodeToString(
                      number % 2 == 0
                          ? new byte[] {(byte) number, 0}
                          : new byte[] {(byte) -number}));
    };
  }
}
