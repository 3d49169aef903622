package dev.partita.e2e.properties;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.partita.e2e.wire.WireClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Random writes to a range of partition keys that nobody else writes to, and what they must have
/// left. One thread uses it.
final class History {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static final int HASHES = 4;
  private static final int SORTS = 16;
  private static final int MOST_IN_BATCH = 12;

  /// @param after what the items of these keys are once it has happened
  /// @param refused whether its condition does not hold
  record Write(
      String operation, ObjectNode body, Map<String, Optional<ObjectNode>> after, boolean refused) {

    /// Whether the answer says that all of it happened, or that none of it was meant to.
    boolean isDone(WireClient.Answer answer) {
      return refused
          ? answer.errorType().equals("ConditionalCheckFailedException")
          : answer.ok() && answer.body().path("UnprocessedItems").isEmpty();
    }
  }

  private final RandomTable table;
  private final RandomGenerator random;
  private final int firstHash;
  private final Map<String, ObjectNode> items = new HashMap<>();
  private Map<String, Optional<ObjectNode>> unknown = Map.of();

  /// @param owner writes to partition keys of its own
  History(RandomTable table, RandomGenerator random, int owner) {
    this.table = table;
    this.random = random;
    this.firstHash = owner * HASHES;
  }

  /// Numbers of the partition key's values that an owner writes to.
  static List<Integer> hashes(int owner) {
    List<Integer> hashes = new ArrayList<>();
    for (int i = 0; i < HASHES; i++) {
      hashes.add(owner * HASHES + i);
    }
    return hashes;
  }

  Write next() {
    ObjectNode key = key();
    return switch (random.nextInt(10)) {
      case 0, 1, 2 -> put(key);
      case 3, 4, 5 -> update(key);
      case 6 -> legacyUpdate(key);
      case 7 -> delete(key);
      default -> batch();
    };
  }

  private ObjectNode key() {
    return table.key(firstHash + random.nextInt(HASHES), random.nextInt(SORTS));
  }

  private ObjectNode body(String member, ObjectNode value) {
    ObjectNode body = JSON.objectNode().put("TableName", table.name());
    body.set(member, value);
    return body;
  }

  private ObjectNode item(ObjectNode key) {
    ObjectNode item = key.deepCopy();
    for (String name : RandomTable.attributes()) {
      if (random.nextInt(3) > 0) {
        item.set(name, table.attribute(name, random));
      }
    }
    return item;
  }

  private Write put(ObjectNode key) {
    ObjectNode item = item(key);
    ObjectNode body = body("Item", item);
    boolean refused = false;
    if (random.nextInt(4) == 0) {
      body.put("ConditionExpression", "attribute_not_exists(h)");
      refused = items.containsKey(key.toString());
    }
    return new Write(
        "PutItem", body, refused ? Map.of() : Map.of(key.toString(), Optional.of(item)), refused);
  }

  private Write delete(ObjectNode key) {
    return new Write(
        "DeleteItem", body("Key", key), Map.of(key.toString(), Optional.empty()), false);
  }

  private Write update(ObjectNode key) {
    ObjectNode item = present(key);
    ObjectNode values = JSON.objectNode();
    List<String> sets = new ArrayList<>();
    List<String> removes = new ArrayList<>();
    for (String name : RandomTable.attributes()) {
      switch (random.nextInt(4)) {
        case 0 -> {
          values.set(":" + name, table.attribute(name, random));
          sets.add(name + " = :" + name);
          item.set(name, values.get(":" + name));
        }
        case 1 -> {
          removes.add(name);
          item.remove(name);
        }
        default -> {
          // Stays as it is.
        }
      }
    }
    String expression =
        (sets.isEmpty() ? "" : "SET " + String.join(", ", sets))
            + (removes.isEmpty() ? "" : " REMOVE " + String.join(", ", removes));
    ObjectNode body = body("Key", key);
    if (!expression.isEmpty()) {
      body.put("UpdateExpression", expression);
    }
    if (!values.isEmpty()) {
      body.set("ExpressionAttributeValues", values);
    }
    boolean makesNone = sets.isEmpty() && !removes.isEmpty() && !items.containsKey(key.toString());
    return new Write(
        "UpdateItem",
        body,
        Map.of(key.toString(), makesNone ? Optional.empty() : Optional.of(item)),
        false);
  }

  private Write legacyUpdate(ObjectNode key) {
    ObjectNode item = present(key);
    ObjectNode updates = JSON.objectNode();
    for (String name : RandomTable.attributes()) {
      if (random.nextInt(3) == 0) {
        ObjectNode value = table.attribute(name, random);
        updates.putObject(name).put("Action", "PUT").set("Value", value);
        item.set(name, value);
      }
    }
    ObjectNode body = body("Key", key);
    body.set("AttributeUpdates", updates);
    return new Write("UpdateItem", body, Map.of(key.toString(), Optional.of(item)), false);
  }

  private ObjectNode present(ObjectNode key) {
    ObjectNode item = items.get(key.toString());
    return (item == null ? key : item).deepCopy();
  }

  private Write batch() {
    Map<String, Optional<ObjectNode>> after = new HashMap<>();
    ObjectNode body = JSON.objectNode();
    ArrayNode writes = body.putObject("RequestItems").putArray(table.name());
    for (int i = random.nextInt(MOST_IN_BATCH); i >= 0; i--) {
      ObjectNode key = key();
      if (after.containsKey(key.toString())) {
        continue;
      }
      if (random.nextInt(4) == 0) {
        writes.addObject().putObject("DeleteRequest").set("Key", key);
        after.put(key.toString(), Optional.empty());
      } else {
        ObjectNode item = item(key);
        writes.addObject().putObject("PutRequest").set("Item", item);
        after.put(key.toString(), Optional.of(item));
      }
    }
    return new Write("BatchWriteItem", body, after, false);
  }

  /// It was acknowledged.
  void done(Write write) {
    write
        .after()
        .forEach(
            (key, item) ->
                item.ifPresentOrElse(there -> items.put(key, there), () -> items.remove(key)));
    unknown = Map.of();
  }

  /// Nobody knows whether it, or which part of a batch, has happened. Nothing is written after it
  /// until it is settled.
  void unknown(Write write) {
    unknown = write.after();
  }

  /// What was found says what has happened.
  ///
  /// @param found all items of the table by their keys
  /// @return a sentence for each item that cannot be as it is
  List<String> settle(Map<String, JsonNode> found) {
    List<String> wrong = new ArrayList<>();
    Map<String, ObjectNode> expected = Map.copyOf(items);
    for (int hash : hashes(firstHash / HASHES)) {
      for (int sort = 0; sort < SORTS; sort++) {
        String key = table.key(hash, sort).toString();
        JsonNode there = found.get(key);
        Optional<ObjectNode> other = unknown.get(key);
        if (same(there, expected.get(key)) || (other != null && same(there, other.orElse(null)))) {
          if (there == null) {
            items.remove(key);
          } else {
            items.put(key, there.deepCopy());
          }
        } else {
          wrong.add("%s is %s, not %s or %s".formatted(key, there, expected.get(key), other));
        }
      }
    }
    unknown = Map.of();
    return wrong;
  }

  private static boolean same(@Nullable JsonNode a, @Nullable JsonNode b) {
    return a == null ? b == null : a.equals(b);
  }
}
