package dev.partita.e2e.differential;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// Requests for items of several tables.
final class Batches {

  private static final int MAX_WRITES = 25;
  private static final int MAX_KEYS = 100;

  private final Random random;
  private final Values values;
  private final List<Schema> schemas;
  private final SingleItems items;
  private final Legacy legacy;

  Batches(Random random, Values values, List<Schema> schemas, SingleItems items) {
    this.random = random;
    this.values = values;
    this.schemas = schemas;
    this.items = items;
    this.legacy = new Legacy(random, values);
  }

  String get(ObjectNode body) {
    body.remove("TableName");
    ObjectNode tables = body.putObject("RequestItems");
    boolean older = chance(4);
    for (int t = chance(40) ? 0 : 1 + random.nextInt(3); t > 0; t--) {
      Schema schema = values.pick(schemas);
      Expressions expressions = new Expressions(random, values, schema.ordering());
      ObjectNode asked = tables.putObject(table(schema));
      ArrayNode keys = asked.putArray("Keys");
      Set<ObjectNode> seen = new HashSet<>();
      for (int i = count(MAX_KEYS); i > 0; i--) {
        ObjectNode key = chance(8) ? items.key(schema) : schema.key(random);
        if (seen.add(key) || chance(60)) {
          keys.add(key);
        }
      }
      if (chance(3)) {
        asked.put("ConsistentRead", random.nextBoolean());
      }
      if (older || chance(60)) {
        asked.set("AttributesToGet", legacy.attributes(schema));
      } else if (chance(3)) {
        asked.put("ProjectionExpression", expressions.projection());
      }
      expressions.finishNames(asked);
    }
    capacity(body);
    return "BatchGetItem";
  }

  String write(ObjectNode body) {
    body.remove("TableName");
    ObjectNode tables = body.putObject("RequestItems");
    for (int t = chance(40) ? 0 : 1 + random.nextInt(2); t > 0; t--) {
      Schema schema = values.pick(schemas);
      ArrayNode writes = tables.putArray(table(schema));
      Set<ObjectNode> seen = new HashSet<>();
      for (int i = count(MAX_WRITES); i > 0; i--) {
        boolean sound = !chance(15);
        ObjectNode item = items.item(schema);
        if (sound) {
          item.setAll(schema.key(random));
          item.remove("extra");
          item.remove("bad");
          item.remove("nested");
        }
        if (!seen.add(schema.keyOf(item)) && !chance(60)) {
          continue;
        }
        ObjectNode write = writes.addObject();
        boolean delete = random.nextInt(4) == 0;
        if (delete) {
          write.putObject("DeleteRequest").set("Key", sound ? schema.keyOf(item) : item);
        }
        if (!delete || chance(60)) {
          write.putObject("PutRequest").set("Item", item);
        }
        if (chance(200)) {
          write.removeAll();
        }
      }
    }
    capacity(body);
    return "BatchWriteItem";
  }

  private String table(Schema schema) {
    return chance(60) ? values.pick(List.of("Missing", "ab", "no such")) : schema.table();
  }

  private int count(int most) {
    return switch (random.nextInt(60)) {
      case 0 -> 0;
      case 1 -> most;
      case 2 -> most + 1;
      default -> 1 + random.nextInt(8);
    };
  }

  private void capacity(ObjectNode body) {
    if (chance(3)) {
      body.put("ReturnConsumedCapacity", values.pick(List.of("TOTAL", "NONE", "INDEXES")));
    }
  }

  private boolean chance(int n) {
    return random.nextInt(n) == 0;
  }
}
