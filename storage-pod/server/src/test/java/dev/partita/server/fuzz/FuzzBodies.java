package dev.partita.server.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/// Bodies of requests by their grammar. One instance makes one.
final class FuzzBodies {

  private static final List<String> TABLES =
      List.of(FuzzTables.RANGED, FuzzTables.RANGED, FuzzTables.RANGED, FuzzTables.HASHED);
  private static final List<String> OPERATORS =
      List.of(
          "EQ",
          "NE",
          "IN",
          "LE",
          "LT",
          "GE",
          "GT",
          "BETWEEN",
          "NOT_NULL",
          "NULL",
          "CONTAINS",
          "NOT_CONTAINS",
          "BEGINS_WITH");
  private static final List<String> RETURNED =
      List.of("NONE", "ALL_OLD", "ALL_NEW", "UPDATED_OLD", "UPDATED_NEW");

  private final Chance chance;
  private final FuzzValues values;
  private final FuzzExpressions expressions;
  private final Members body;

  FuzzBodies(Chance chance) {
    this.chance = chance;
    this.values = new FuzzValues(chance);
    this.expressions = new FuzzExpressions(chance, values);
    this.body = new Members(chance, values);
  }

  FuzzRequest next() {
    String table =
        chance.slips()
            ? chance.of(List.of("", "a", "none", "arn:aws:dynamodb:local-1:0:table/x", "\u00e9é"))
            : chance.of(TABLES);
    String operation =
        switch (chance.below(20)) {
          case 0, 1, 2 -> put(table);
          case 3, 4, 5, 6 -> update(table);
          case 7, 8 -> delete(table);
          case 9 -> get(table);
          case 10, 11, 12, 13 -> query(table);
          case 14, 15 -> scan(table);
          case 16 -> batchGet(table);
          case 17 -> batchWrite(table);
          default -> new FuzzTableBodies(chance, values, body).next(table);
        };
    return new FuzzRequest(operation, body.toString().getBytes(StandardCharsets.UTF_8));
  }

  private String put(String table) {
    body.put("TableName", quoted(table)).put("Item", item(table));
    writing();
    return "PutItem";
  }

  private String delete(String table) {
    body.put("TableName", quoted(table)).put("Key", key(table));
    writing();
    return "DeleteItem";
  }

  private String update(String table) {
    body.put("TableName", quoted(table)).put("Key", key(table));
    if (chance.oneIn(3)) {
      body.put("AttributeUpdates", map(this::legacyUpdate));
      legacyExpectations();
    } else {
      body.put("UpdateExpression", expressions.update());
      body.maybe(2, "ConditionExpression", expressions::condition);
      placeholders(true);
    }
    options();
    return "UpdateItem";
  }

  private void writing() {
    if (chance.oneIn(3)) {
      legacyExpectations();
    } else if (chance.oneIn(2) || chance.slips()) {
      body.put("ConditionExpression", expressions.condition());
      placeholders(true);
    }
    options();
  }

  private void options() {
    body.maybe(2, "ReturnValues", () -> quoted(chance.of(RETURNED)))
        .maybe(2, "ReturnValuesOnConditionCheckFailure", () -> "\"ALL_OLD\"")
        .maybe(4, "ReturnItemCollectionMetrics", () -> "\"SIZE\"");
    capacity();
  }

  private void capacity() {
    body.maybe(
        3, "ReturnConsumedCapacity", () -> quoted(chance.of(List.of("TOTAL", "INDEXES", "NONE"))));
  }

  private void legacyExpectations() {
    body.put("Expected", map(this::expected));
    body.maybe(3, "ConditionalOperator", () -> chance.of(List.of("\"AND\"", "\"OR\"")));
  }

  private String get(String table) {
    body.put("TableName", quoted(table)).put("Key", key(table));
    projection(body);
    body.maybe(3, "ConsistentRead", () -> "true");
    placeholders(false);
    capacity();
    return "GetItem";
  }

  private String query(String table) {
    String index = chance.oneIn(2) ? chance.of(FuzzTables.INDEXES) : "";
    String sort = FuzzTables.sortKey(table, index);
    String sortType = FuzzTables.sortType(index);
    body.put("TableName", quoted(table));
    if (chance.oneIn(3)) {
      Members conditions = new Members(chance, values);
      conditions.put("a", tested("EQ", () -> hash()));
      if (!sort.isEmpty() && chance.oneIn(2)) {
        conditions.put(sort, tested(chance.of(OPERATORS), () -> values.of(sortType, 0)));
      }
      body.put("KeyConditions", conditions.toString());
    } else {
      body.put(
          "KeyConditionExpression",
          expressions.keyCondition("a", "s", sort, sortType.toLowerCase(Locale.ROOT)));
    }
    pages(table, index, "QueryFilter");
    body.maybe(2, "ScanIndexForward", () -> chance.of(List.of("true", "false")));
    return "Query";
  }

  private String scan(String table) {
    body.put("TableName", quoted(table));
    if (chance.oneIn(2)) {
      int total = 1 + chance.below(5);
      body.put("TotalSegments", Integer.toString(total))
          .put("Segment", Integer.toString(chance.below(total)));
    }
    pages(table, chance.oneIn(3) ? chance.of(FuzzTables.INDEXES) : "", "ScanFilter");
    return "Scan";
  }

  private void pages(String table, String index, String legacyFilter) {
    if (!index.isEmpty()) {
      body.put("IndexName", quoted(index));
    }
    if (chance.oneIn(4)) {
      body.put(legacyFilter, map(this::condition));
      body.maybe(2, "ConditionalOperator", () -> chance.of(List.of("\"AND\"", "\"OR\"")));
    } else {
      body.maybe(2, "FilterExpression", expressions::condition);
      placeholders(true);
    }
    projection(body);
    body.maybe(
            4,
            "Select",
            () ->
                chance.of(
                    List.of(
                        "\"COUNT\"",
                        "\"ALL_ATTRIBUTES\"",
                        "\"ALL_PROJECTED_ATTRIBUTES\"",
                        "\"SPECIFIC_ATTRIBUTES\"")))
        .maybe(2, "Limit", () -> chance.slips() ? values.junk() : "" + (1 + chance.below(9)))
        .maybe(3, "ExclusiveStartKey", () -> startKey(table, index))
        .maybe(3, "ConsistentRead", () -> "true");
    capacity();
  }

  private String startKey(String table, String index) {
    Members key = new Members(chance, values).put("a", hash());
    if (FuzzTables.isRanged(table)) {
      key.put("b", values.of("N", 0));
    }
    if (!index.isEmpty()) {
      key.put(FuzzTables.sortKey(table, index), values.of(FuzzTables.sortType(index), 0));
    }
    return key.toString();
  }

  private void projection(Members request) {
    if (chance.oneIn(3)) {
      request.put("ProjectionExpression", expressions.projection());
    } else if (chance.oneIn(8)) {
      request.put("AttributesToGet", values.list(() -> quoted(values.name())));
    }
  }

  private void placeholders(boolean withValues) {
    if (expressions.usesNames()) {
      body.put("ExpressionAttributeNames", expressions.names());
    }
    if (withValues && expressions.usesValues()) {
      body.put("ExpressionAttributeValues", expressions.values());
    }
  }

  private String batchGet(String table) {
    Members tables = new Members(chance, values);
    Members wanted = new Members(chance, values).put("Keys", values.list(() -> key(table)));
    projection(wanted);
    if (expressions.usesNames()) {
      wanted.put("ExpressionAttributeNames", expressions.names());
    }
    tables.put(table, wanted.toString());
    body.put("RequestItems", tables.toString());
    capacity();
    return "BatchGetItem";
  }

  private String batchWrite(String table) {
    Members tables = new Members(chance, values);
    tables.put(table, values.list(() -> writeOf(table)));
    tables.put(FuzzTables.HASHED, values.list(() -> writeOf(FuzzTables.HASHED)));
    body.put("RequestItems", tables.toString());
    body.maybe(3, "ReturnItemCollectionMetrics", () -> "\"SIZE\"");
    capacity();
    return "BatchWriteItem";
  }

  private String writeOf(String table) {
    Members write = new Members(chance, values);
    boolean puts = chance.oneIn(2);
    write.put(
        puts ? "PutRequest" : "DeleteRequest",
        new Members(chance, values)
            .put(puts ? "Item" : "Key", puts ? item(table) : key(table))
            .toString());
    return write.toString();
  }

  private String key(String table) {
    Members key = new Members(chance, values).put("a", hash());
    if (FuzzTables.isRanged(table)) {
      key.put("b", values.of("N", 0));
    }
    return key.toString();
  }

  private String hash() {
    return chance.slips() ? values.of("S", 0) : chance.of(FuzzTables.HASH_VALUES);
  }

  private String item(String table) {
    Members item = new Members(chance, values).put("a", hash());
    if (FuzzTables.isRanged(table)) {
      item.put("b", values.of("N", 0))
          .maybe(2, "c", () -> values.of("S", 0))
          .maybe(2, "d", () -> values.of("N", 0))
          .maybe(2, "e", () -> values.of("B", 0));
    }
    for (int i = chance.oneIn(100) ? 300 : chance.below(4); i > 0; i--) {
      item.put(chance.of(List.of("f", "m", "l", "s", "n", "x" + i)), values.any(3));
    }
    return item.toString();
  }

  private String map(FuzzValues.Element value) {
    Members map = new Members(chance, values);
    for (int i = 1 + chance.below(3); i > 0; i--) {
      map.put(values.name(), value.json());
    }
    return map.toString();
  }

  private String condition() {
    return tested(chance.of(OPERATORS), () -> values.any(1));
  }

  /// A condition with as many values as its operator takes.
  private String tested(String operator, FuzzValues.Element value) {
    Members condition = new Members(chance, values).put("ComparisonOperator", quoted(operator));
    int count =
        switch (operator) {
          case "NULL", "NOT_NULL" -> 0;
          case "BETWEEN" -> 2;
          case "IN" -> 1 + chance.below(3);
          default -> 1;
        };
    StringBuilder list = new StringBuilder("[");
    for (int i = 0; i < count; i++) {
      list.append(i == 0 ? "" : ",").append(value.json());
    }
    return count == 0
        ? condition.toString()
        : condition.put("AttributeValueList", list.append(']').toString()).toString();
  }

  private String expected() {
    return switch (chance.below(4)) {
      case 0 -> condition();
      case 1 -> new Members(chance, values).put("Exists", "false").toString();
      case 2 -> new Members(chance, values).put("Value", values.any(1)).toString();
      default ->
          new Members(chance, values)
              .put("Value", values.any(1))
              .put("ComparisonOperator", quoted(chance.of(OPERATORS)))
              .toString();
    };
  }

  private String legacyUpdate() {
    return new Members(chance, values)
        .put("Action", quoted(chance.of(List.of("PUT", "ADD", "DELETE"))))
        .maybe(1, "Value", () -> values.any(1))
        .toString();
  }

  private static String quoted(String text) {
    return FuzzValues.quoted(text);
  }
}
