package dev.partita.e2e.differential;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;

/// Generates requests from a seed. Valid ones prevail, so that tables fill and conditions meet
/// items; about one in five is wrong in some way.
final class Cases {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Random random;
  private final Values values;
  private final List<Schema> schemas;
  private final SingleItems items;
  private final PageRequests pages;
  private final Batches batches;

  /// @param schemas the tables, which nobody else writes to
  Cases(Random random, List<Schema> schemas) {
    this.random = random;
    this.values = new Values(random);
    this.schemas = schemas;
    this.items = new SingleItems(random, values);
    this.pages = new PageRequests(random, values);
    this.batches = new Batches(random, values, schemas, items);
  }

  Case next() {
    Schema schema = values.pick(schemas);
    ObjectNode body = JSON.objectNode().put("TableName", schema.table());
    Expressions expressions = new Expressions(random, values, schema.ordering());
    String operation =
        switch (random.nextInt(40)) {
          case 0, 1, 2, 3, 4, 5, 6, 7 -> items.put(schema, body, expressions);
          case 8, 9, 10, 11, 12, 13, 14, 15, 16 -> items.update(schema, body, expressions);
          case 17, 18 -> items.delete(schema, body, expressions);
          case 19, 20, 21 -> items.get(schema, body, expressions);
          case 22, 23 -> batches.get(body);
          case 24, 25, 26 -> batches.write(body);
          case 27, 28, 29, 30, 31 -> pages.scan(schema, body, expressions);
          default -> pages.query(schema, body, expressions);
        };
    expressions.finish(body);
    damage(body);
    boolean cut = operation.equals("Scan") && !body.has("Segment") && random.nextInt(4) == 0;
    return new Case(operation, body, schema, cut ? 1 + random.nextInt(5) : 0);
  }

  private void damage(ObjectNode body) {
    if (random.nextInt(80) != 0) {
      return;
    }
    boolean ofOneTable = body.has("TableName");
    switch (random.nextInt(6)) {
      case 0 -> {
        if (ofOneTable) {
          body.put("TableName", values.pick(List.of("", "ab", "no such table!", "Missing")));
        }
      }
      case 1 -> body.remove("TableName");
      case 2 -> body.put("ReturnConsumedCapacity", "SOME");
      case 3 -> {
        for (String name : List.of("Key", "Item", "RequestItems", "KeyConditionExpression")) {
          body.remove(name);
        }
      }
      case 4 -> body.put("Unknown", 1);
      default -> body.putNull("ReturnValues");
    }
  }
}
