package dev.partita.e2e.differential;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/// Requests for one item: with expressions, and with what was there before them.
final class SingleItems {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Random random;
  private final Values values;
  private final Legacy legacy;

  SingleItems(Random random, Values values) {
    this.random = random;
    this.values = values;
    this.legacy = new Legacy(random, values);
  }

  String put(Schema schema, ObjectNode body, Expressions expressions) {
    body.set("Item", item(schema));
    conditional(schema, body, expressions, 3);
    returnValues(body, List.of("NONE", "ALL_OLD"));
    return "PutItem";
  }

  /// An item, now and then one that cannot be stored.
  ObjectNode item(Schema schema) {
    ObjectNode item = key(schema);
    for (String name : Names.TOP) {
      if (random.nextInt(3) == 0) {
        item.set(name, values.valid(3));
      }
    }
    for (Schema.Index index : schema.indexes()) {
      if (chance(40)) {
        item.set(index.sort(), chance(4) ? JSON.objectNode().put("S", "") : values.valid(1));
      } else if (random.nextInt(10) < 7) {
        item.set(index.sort(), Schema.sortValue(index.type(), random));
      } else {
        item.remove(index.sort());
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
    if (chance(30)) {
      item.set("long", JSON.objectNode().put("S", "l".repeat(random.nextInt(9_000))));
    }
    if (chance(300)) {
      item.set("huge", JSON.objectNode().put("S", "x".repeat(409_500 + random.nextInt(120))));
    }
    return item;
  }

  String update(Schema schema, ObjectNode body, Expressions expressions) {
    body.set("Key", key(schema));
    boolean older = chance(4);
    if (older) {
      body.set("AttributeUpdates", legacy.updates(schema));
    }
    if (older ? chance(60) : !chance(20)) {
      body.put("UpdateExpression", expressions.update(schema.keys()));
    }
    if (older && random.nextBoolean()) {
      legacy.expect(schema, body);
      capacity(body);
    } else if (older) {
      capacity(body);
    } else {
      conditional(schema, body, expressions, 3);
    }
    returnValues(body, List.of("NONE", "ALL_OLD", "UPDATED_OLD", "ALL_NEW", "UPDATED_NEW"));
    return "UpdateItem";
  }

  String delete(Schema schema, ObjectNode body, Expressions expressions) {
    body.set("Key", key(schema));
    conditional(schema, body, expressions, 2);
    returnValues(body, List.of("NONE", "ALL_OLD"));
    return "DeleteItem";
  }

  String get(Schema schema, ObjectNode body, Expressions expressions) {
    body.set("Key", key(schema));
    body.put("ConsistentRead", true);
    if (chance(3)) {
      body.put("ProjectionExpression", expressions.projection());
    }
    if (chance(body.has("ProjectionExpression") ? 60 : 5)) {
      body.set("AttributesToGet", legacy.attributes(schema));
    }
    capacity(body);
    return "GetItem";
  }

  private void conditional(Schema schema, ObjectNode body, Expressions expressions, int oneIn) {
    boolean older = chance(10);
    if (older) {
      legacy.expect(schema, body);
    }
    if (older ? chance(60) : chance(oneIn)) {
      body.put("ConditionExpression", chance(60) ? expressions.tooMuch() : expressions.condition());
    }
    if (chance(2 * oneIn)) {
      body.put("ReturnValuesOnConditionCheckFailure", chance(10) ? "NONE" : "ALL_OLD");
    }
    capacity(body);
  }

  private void capacity(ObjectNode body) {
    if (chance(4)) {
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
  ObjectNode key(Schema schema) {
    ObjectNode key = schema.key(random);
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

  private boolean chance(int n) {
    return random.nextInt(n) == 0;
  }
}
