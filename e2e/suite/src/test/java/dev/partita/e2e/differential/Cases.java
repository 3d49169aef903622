package dev.partita.e2e.differential;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/// Generates requests from a seed. Valid ones prevail, so that tables fill and conditions meet
/// items; about one in five is wrong in some way.
final class Cases {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Random random;
  private final Values values;
  private final int lane;

  Cases(long seed, int lane) {
    this.random = new Random(seed);
    this.values = new Values(random);
    this.lane = lane;
  }

  Case next() {
    Schema schema = values.pick(Schema.ALL);
    ObjectNode body = JSON.objectNode().put("TableName", schema.table());
    Expressions expressions = new Expressions(random, values);
    String operation =
        switch (random.nextInt(20)) {
          case 0, 1, 2, 3, 4, 5 -> put(schema, body, expressions);
          case 6, 7, 8, 9, 10, 11, 12, 13 -> update(schema, body, expressions);
          case 14, 15 -> delete(schema, body, expressions);
          default -> get(schema, body, expressions);
        };
    expressions.finish(body);
    damage(body);
    return new Case(operation, body);
  }

  private String put(Schema schema, ObjectNode body, Expressions expressions) {
    ObjectNode item = key(schema);
    for (String name : Names.TOP) {
      if (random.nextInt(3) == 0) {
        item.set(name, values.valid(3));
      }
    }
    if (chance(12)) {
      item.set(values.pick(Names.AWKWARD), values.valid(1));
    }
    if (chance(25)) {
      item.set("bad", values.broken());
    }
    if (chance(60)) {
      item.set("nested", Values.nested(28 + random.nextInt(6)));
    }
    if (chance(300)) {
      item.set("huge", JSON.objectNode().put("S", "x".repeat(409_500 + random.nextInt(120))));
    }
    body.set("Item", item);
    conditional(body, expressions, 3);
    returnValues(body, List.of("NONE", "ALL_OLD"));
    return "PutItem";
  }

  private String update(Schema schema, ObjectNode body, Expressions expressions) {
    body.set("Key", key(schema));
    if (!chance(20)) {
      body.put("UpdateExpression", expressions.update(schema.keys()));
    }
    conditional(body, expressions, 3);
    returnValues(body, List.of("NONE", "ALL_OLD", "UPDATED_OLD", "ALL_NEW", "UPDATED_NEW"));
    return "UpdateItem";
  }

  private String delete(Schema schema, ObjectNode body, Expressions expressions) {
    body.set("Key", key(schema));
    conditional(body, expressions, 2);
    returnValues(body, List.of("NONE", "ALL_OLD"));
    return "DeleteItem";
  }

  private String get(Schema schema, ObjectNode body, Expressions expressions) {
    body.set("Key", key(schema));
    body.put("ConsistentRead", true);
    if (chance(3)) {
      body.put("ProjectionExpression", expressions.projection());
    }
    capacity(body);
    return "GetItem";
  }

  private void conditional(ObjectNode body, Expressions expressions, int oneIn) {
    if (chance(oneIn)) {
      body.put("ConditionExpression", chance(60) ? expressions.tooMuch() : expressions.condition());
      if (chance(3)) {
        body.put("ReturnValuesOnConditionCheckFailure", chance(10) ? "NONE" : "ALL_OLD");
      }
    }
    capacity(body);
  }

  private void capacity(ObjectNode body) {
    if (chance(5)) {
      body.put("ReturnConsumedCapacity", values.pick(List.of("TOTAL", "NONE", "INDEXES")));
    }
  }

  private void returnValues(ObjectNode body, List<String> allowed) {
    if (random.nextBoolean()) {
      body.put("ReturnValues", values.pick(allowed));
    } else if (chance(30)) {
      body.put("ReturnValues", values.pick(List.of("ALL_NEW", "UPDATED_OLD", "INVALID")));
    }
  }

  /// The key, now and then wrong.
  private ObjectNode key(Schema schema) {
    ObjectNode key = schema.key(random, lane);
    if (!chance(20)) {
      return key;
    }
    String name = values.pick(schema.keys());
    switch (random.nextInt(6)) {
      case 0 -> key.remove(name);
      case 1 -> key.set(name, values.valid(1));
      case 2 -> key.set(name, JSON.objectNode().put("S", ""));
      case 3 -> key.set("extra", values.valid(0));
      case 4 ->
          key.set(name, JSON.objectNode().put("S", "k".repeat(1_024 + random.nextInt(2_000))));
      default ->
          key.set(
              name,
              JSON.objectNode().put("B", Base64.getEncoder().encodeToString(new byte[1_500])));
    }
    return key;
  }

  private void damage(ObjectNode body) {
    if (!chance(80)) {
      return;
    }
    switch (random.nextInt(6)) {
      case 0 -> body.put("TableName", values.pick(List.of("", "ab", "no such table!", "Missing")));
      case 1 -> body.remove("TableName");
      case 2 -> body.put("ReturnConsumedCapacity", "SOME");
      case 3 -> body.remove(body.has("Key") ? "Key" : "Item");
      case 4 -> body.put("Unknown", 1);
      default -> body.putNull("ReturnValues");
    }
  }

  private boolean chance(int n) {
    return random.nextInt(n) == 0;
  }
}
