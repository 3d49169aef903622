package dev.partita.e2e.differential;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Queries and scans of tables and indexes.
final class PageRequests {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<String> SELECTS =
      List.of("ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES", "SPECIFIC_ATTRIBUTES", "COUNT");

  private final Random random;
  private final Values values;
  private final Legacy legacy;

  PageRequests(Random random, Values values) {
    this.random = random;
    this.values = values;
    this.legacy = new Legacy(random, values);
  }

  String query(Schema schema, ObjectNode body, Expressions expressions) {
    Schema.Index index = index(schema, body);
    String sort = index == null ? schema.range() : index.sort();
    String type = index == null ? schema.rangeType() : index.type();
    boolean older = chance(5);
    if (older) {
      body.set("KeyConditions", legacy.keyConditions(schema, sort, type));
    }
    if (older ? chance(60) : !chance(80)) {
      body.put(
          "KeyConditionExpression",
          new KeyConditions(random, values, expressions).text(schema, sort, type));
    }
    if (random.nextBoolean()) {
      body.put("ScanIndexForward", chance(4));
    }
    common(schema, index, body, expressions, older, "QueryFilter");
    return "Query";
  }

  String scan(Schema schema, ObjectNode body, Expressions expressions) {
    Schema.Index index = index(schema, body);
    common(schema, index, body, expressions, chance(5), "ScanFilter");
    if (chance(30)) {
      body.put("Segment", random.nextInt(4));
    }
    if (chance(30)) {
      body.put("TotalSegments", random.nextInt(4));
    }
    return "Scan";
  }

  private Schema.@Nullable Index index(Schema schema, ObjectNode body) {
    if (chance(80)) {
      body.put("IndexName", values.pick(List.of("missing", "no", "no such index")));
      return null;
    }
    if (schema.indexes().isEmpty() || chance(3)) {
      return null;
    }
    Schema.Index index = values.pick(schema.indexes());
    body.put("IndexName", index.name());
    return index;
  }

  private void common(
      Schema schema,
      Schema.@Nullable Index index,
      ObjectNode body,
      Expressions expressions,
      boolean older,
      String filter) {
    if (chance(4)) {
      if (older != chance(60)) {
        legacy.filter(schema, body, filter);
      } else {
        body.put("FilterExpression", expressions.condition());
      }
    }
    if (chance(4)) {
      if (older != chance(60)) {
        body.set("AttributesToGet", legacy.attributes(schema));
      } else {
        body.put("ProjectionExpression", expressions.projection());
      }
    }
    boolean projects = body.has("AttributesToGet") || body.has("ProjectionExpression");
    if (chance(4)) {
      body.put("Select", projects && !chance(4) ? "SPECIFIC_ATTRIBUTES" : values.pick(SELECTS));
    } else if (chance(150)) {
      body.put("Select", "count");
    }
    if (random.nextBoolean()) {
      body.put("Limit", chance(60) ? random.nextInt(2) - 1 : 1 + random.nextInt(12));
    }
    if (chance(3)) {
      body.put("ConsistentRead", random.nextInt(4) > 0);
    }
    if (chance(8)) {
      body.set("ExclusiveStartKey", startKey(schema, index));
    }
    if (chance(3)) {
      body.put("ReturnConsumedCapacity", values.pick(List.of("TOTAL", "NONE", "INDEXES")));
    }
  }

  /// A place to go on from, often one that cannot be.
  private ObjectNode startKey(Schema schema, Schema.@Nullable Index index) {
    ObjectNode key = schema.key(random);
    if (index != null) {
      key.set(index.sort(), Schema.sortValue(index.type(), random));
    }
    if (!chance(3)) {
      return key;
    }
    String name = values.pick(schema.ordering());
    switch (random.nextInt(6)) {
      case 0 -> key.remove(name);
      case 1 -> key.set(name, values.valid(1));
      case 2 -> key.set(name, JSON.objectNode().put("S", ""));
      case 3 -> key.set("extra", values.valid(0));
      case 4 -> key.set(name, values.broken());
      default -> key.removeAll();
    }
    return key;
  }

  private boolean chance(int n) {
    return random.nextInt(n) == 0;
  }
}
