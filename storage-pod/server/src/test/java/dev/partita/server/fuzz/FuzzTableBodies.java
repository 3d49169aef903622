package dev.partita.server.fuzz;

import java.util.List;

/// Bodies of requests for tables.
final class FuzzTableBodies {

  private static final List<String> COUNTS =
      List.of("0", "1", "5", "40000", "9223372036854775807", "1e30", "-1");

  private final Chance chance;
  private final FuzzValues values;
  private final Members body;

  FuzzTableBodies(Chance chance, FuzzValues values, Members body) {
    this.chance = chance;
    this.values = values;
    this.body = body;
  }

  String next(String table) {
    return switch (chance.below(8)) {
      case 0, 1, 2, 3 -> create();
      case 4 -> updateTable(table);
      case 5 -> {
        body.put("TableName", FuzzValues.quoted(table))
            .put(
                "TimeToLiveSpecification",
                members()
                    .put("Enabled", "true")
                    .put("AttributeName", FuzzValues.quoted(values.name()))
                    .toString());
        yield "UpdateTimeToLive";
      }
      case 6 -> {
        body.put("ResourceArn", arn(table)).put("Tags", tags());
        yield "TagResource";
      }
      default -> {
        body.maybe(2, "Limit", () -> chance.of(COUNTS))
            .maybe(2, "ExclusiveStartTableName", () -> FuzzValues.quoted(table));
        yield "ListTables";
      }
    };
  }

  private String create() {
    String name = chance.oneIn(4) ? FuzzTables.HASHED : "table" + chance.below(100);
    body.put("TableName", FuzzValues.quoted(name));
    Members range = members().put("AttributeName", "\"b\"").put("KeyType", "\"RANGE\"");
    Members hash = members().put("AttributeName", "\"a\"").put("KeyType", "\"HASH\"");
    body.put("KeySchema", "[" + hash + "," + range + "]");
    boolean indexed = chance.oneIn(2);
    StringBuilder attributes =
        new StringBuilder("[").append(attribute("a")).append(',').append(attribute("b"));
    if (indexed) {
      attributes.append(',').append(attribute("c"));
      body.put("LocalSecondaryIndexes", values.list(() -> index(hash)));
    }
    body.put("AttributeDefinitions", attributes.append(']').toString());
    capacity();
    body.maybe(4, "Tags", this::tags)
        .maybe(8, "TableClass", () -> "\"STANDARD\"")
        .maybe(8, "DeletionProtectionEnabled", () -> "true")
        .maybe(8, "SSESpecification", () -> "{\"Enabled\":true}")
        .maybe(8, "StreamSpecification", () -> "{\"StreamEnabled\":false}")
        .maybe(8, "GlobalSecondaryIndexes", () -> "[" + index(hash) + "]")
        .maybe(8, "OnDemandThroughput", () -> "{\"MaxReadRequestUnits\":1}");
    return "CreateTable";
  }

  private String updateTable(String table) {
    body.put("TableName", FuzzValues.quoted(table));
    capacity();
    body.maybe(4, "DeletionProtectionEnabled", () -> "true")
        .maybe(4, "AttributeDefinitions", () -> "[" + attribute("a") + "]");
    return "UpdateTable";
  }

  private void capacity() {
    if (chance.oneIn(2)) {
      body.put("BillingMode", "\"PAY_PER_REQUEST\"");
    } else {
      body.put(
          "ProvisionedThroughput",
          members()
              .put("ReadCapacityUnits", chance.slips() ? chance.of(COUNTS) : "1")
              .put("WriteCapacityUnits", chance.slips() ? chance.of(COUNTS) : "1")
              .toString());
    }
  }

  private String attribute(String name) {
    return members()
        .put("AttributeName", FuzzValues.quoted(name))
        .put("AttributeType", FuzzValues.quoted(chance.of(List.of("S", "N", "B"))))
        .toString();
  }

  private String index(Members hash) {
    String projection = chance.of(List.of("ALL", "KEYS_ONLY", "INCLUDE"));
    Members projected = members().put("ProjectionType", FuzzValues.quoted(projection));
    if (projection.equals("INCLUDE") || chance.slips()) {
      projected.put("NonKeyAttributes", values.list(() -> FuzzValues.quoted(values.name())));
    }
    Members range = members().put("AttributeName", "\"c\"").put("KeyType", "\"RANGE\"");
    return members()
        .put("IndexName", "\"index" + chance.below(9) + "\"")
        .put("KeySchema", "[" + hash + "," + range + "]")
        .put("Projection", projected.toString())
        .toString();
  }

  private String tags() {
    return values.list(
        () -> members().put("Key", values.text()).put("Value", values.text()).toString());
  }

  private String arn(String table) {
    return FuzzValues.quoted("arn:aws:dynamodb:local-1:000000000000:table/" + table);
  }

  private Members members() {
    return new Members(chance, values);
  }
}
