package dev.partita.e2e.differential;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// The parameters that were there before expressions, mostly right.
final class Legacy {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<String> OPERATORS =
      List.of(
          "EQ",
          "NE",
          "LE",
          "LT",
          "GE",
          "GT",
          "CONTAINS",
          "NOT_CONTAINS",
          "BEGINS_WITH",
          "IN",
          "BETWEEN",
          "NULL",
          "NOT_NULL");
  private static final List<String> FOR_SORT_KEYS =
      List.of("EQ", "LE", "LT", "GE", "GT", "BEGINS_WITH", "BETWEEN");

  private final Random random;
  private final Values values;

  Legacy(Random random, Values values) {
    this.random = random;
    this.values = values;
  }

  /// Adds `Expected`, and maybe how its terms are joined.
  void expect(Schema schema, ObjectNode body) {
    ObjectNode expected = body.putObject("Expected");
    for (int i = 1 + random.nextInt(2); i > 0; i--) {
      expected.set(name(schema), random.nextBoolean() ? condition() : exists());
    }
    join(body, expected.size());
  }

  /// Adds a filter, and maybe how its terms are joined.
  void filter(Schema schema, ObjectNode body, String parameter) {
    ObjectNode filter = body.putObject(parameter);
    for (int i = 1 + random.nextInt(2); i > 0; i--) {
      filter.set(name(schema), condition());
    }
    join(body, filter.size());
  }

  private void join(ObjectNode body, int terms) {
    if (chance(terms > 1 ? 2 : 15)) {
      body.put("ConditionalOperator", random.nextBoolean() ? "AND" : "OR");
    }
  }

  private ObjectNode exists() {
    ObjectNode test = JSON.objectNode();
    boolean absent = random.nextBoolean();
    if (absent || chance(2)) {
      test.put("Exists", !absent);
    }
    if (absent ? chance(15) : !chance(15)) {
      test.set("Value", values.valid(1));
    }
    if (chance(25)) {
      test.putArray("AttributeValueList").add(values.valid(0));
    }
    return test;
  }

  private ObjectNode condition() {
    ObjectNode test = JSON.objectNode();
    String operator = values.pick(OPERATORS);
    test.put("ComparisonOperator", operator);
    int count =
        switch (operator) {
          case "NULL", "NOT_NULL" -> 0;
          case "BETWEEN" -> 2;
          case "IN" -> 1 + random.nextInt(3);
          default -> 1;
        };
    if (chance(20)) {
      count = random.nextInt(4);
    }
    if (count > 0 || chance(20)) {
      ArrayNode list = test.putArray("AttributeValueList");
      boolean numbers = random.nextBoolean();
      for (int i = 0; i < count; i++) {
        list.add(
            count == 1 || chance(12)
                ? values.valid(1)
                : JSON.objectNode()
                    .put(
                        numbers ? "N" : "S",
                        numbers ? values.number() : values.pick(List.of("a", "ab", "b"))));
      }
    }
    return test;
  }

  /// `KeyConditions` of a query.
  ObjectNode keyConditions(Schema schema, @Nullable String sort, @Nullable String type) {
    ObjectNode conditions = JSON.objectNode();
    ObjectNode ofHash = conditions.putObject(chance(50) ? "other" : schema.hash());
    ofHash.put("ComparisonOperator", chance(40) ? values.pick(OPERATORS) : "EQ");
    ofHash
        .putArray("AttributeValueList")
        .add(chance(40) ? values.valid(1) : schema.hashValue(random));
    if (sort != null && type != null && random.nextInt(3) > 0) {
      ObjectNode ofSort = conditions.putObject(chance(40) ? name(schema) : sort);
      String operator = chance(25) ? values.pick(OPERATORS) : values.pick(FOR_SORT_KEYS);
      ofSort.put("ComparisonOperator", operator);
      ArrayNode list = ofSort.putArray("AttributeValueList");
      if (operator.equals("BEGINS_WITH")) {
        list.add(Keys.prefix(type, random.nextInt(2)));
      } else {
        list.add(chance(40) ? values.valid(1) : Schema.sortValue(type, random));
        if (operator.equals("BETWEEN")) {
          list.add(Schema.sortValue(type, random));
        }
      }
    }
    if (chance(60)) {
      conditions.set(name(schema), condition());
    }
    return conditions;
  }

  ObjectNode updates(Schema schema) {
    ObjectNode updates = JSON.objectNode();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      ObjectNode update = updates.putObject(name(schema));
      String action = values.pick(List.of("PUT", "PUT", "ADD", "DELETE"));
      if (!chance(30)) {
        update.put("Action", action);
      }
      if (action.equals("DELETE") ? chance(2) : !chance(25)) {
        update.set("Value", action.equals("PUT") || chance(10) ? values.valid(1) : addend());
      }
    }
    return updates;
  }

  private ObjectNode addend() {
    ObjectNode v = JSON.objectNode();
    if (random.nextBoolean()) {
      return v.put("N", values.number());
    }
    v.putArray("SS").add(values.pick(List.of("a", "b", "ab")));
    return v;
  }

  ArrayNode attributes(Schema schema) {
    ArrayNode names = JSON.arrayNode();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      String name = name(schema);
      boolean twice = names.valueStream().anyMatch(n -> n.asText().equals(name));
      if (!twice || chance(10)) {
        names.add(name);
      }
    }
    return names;
  }

  private String name(Schema schema) {
    return chance(8) ? values.pick(schema.ordering()) : values.pick(Names.TOP);
  }

  private boolean chance(int n) {
    return random.nextInt(n) == 0;
  }
}
