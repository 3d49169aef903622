package dev.partita.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/// What is asked of a table: items of about 1 KB under random keys, in DynamoDB's JSON.
///
/// @param operation API operation
/// @param bodies as many different requests as are replayed
record Workload(String name, String operation, List<String> bodies) {

  static final String TABLE = "Bench";
  static final int ITEMS = 10_000;

  /// Path of etcd's gateway, in place of an operation.
  static final String ETCD_PUT = "/v3/kv/put";

  private static final int REQUESTS = 5_000;

  static String createTable() {
    return """
    {"TableName":"%s","AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],\
    "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],"BillingMode":"PAY_PER_REQUEST"}"""
        .formatted(TABLE);
  }

  static String put(int item, Random random) {
    StringBuilder text = new StringBuilder(900);
    for (int i = 0; i < 900; i++) {
      text.append((char) ('a' + random.nextInt(26)));
    }
    return """
    {"TableName":"%s","Item":{"pk":{"S":"%s"},"n":{"N":"%d"},"text":{"S":"%s"},\
    "tags":{"SS":["red","green","blue"]},"place":{"M":{"city":{"S":"Utrecht"},"zip":{"N":"3511"}}}}}"""
        .formatted(TABLE, key(item), random.nextInt(1_000_000), text);
  }

  static Workload gets() {
    return of(
        "GetItem",
        "GetItem",
        r ->
            "{\"TableName\":\"%s\",\"Key\":{\"pk\":{\"S\":\"%s\"}}}"
                .formatted(TABLE, key(r.nextInt(ITEMS))));
  }

  static Workload strongGets() {
    return of(
        "GetItem strong",
        "GetItem",
        r ->
            "{\"TableName\":\"%s\",\"Key\":{\"pk\":{\"S\":\"%s\"}},\"ConsistentRead\":true}"
                .formatted(TABLE, key(r.nextInt(ITEMS))));
  }

  static Workload puts() {
    return of("PutItem", "PutItem", r -> put(r.nextInt(ITEMS), r));
  }

  static Workload adds() {
    return of(
        "UpdateItem ADD",
        "UpdateItem",
        r ->
            """
            {"TableName":"%s","Key":{"pk":{"S":"%s"}},"UpdateExpression":"ADD n :one",\
            "ExpressionAttributeValues":{":one":{"N":"1"}}}"""
                .formatted(TABLE, key(r.nextInt(ITEMS))));
  }

  /// 1 KB under random keys for etcd's JSON gateway.
  static Workload etcdPuts() {
    return of(
        "Put",
        ETCD_PUT,
        r -> {
          byte[] value = new byte[1_024];
          r.nextBytes(value);
          return "{\"key\":\"%s\",\"value\":\"%s\"}"
              .formatted(
                  Base64.getEncoder()
                      .encodeToString(key(r.nextInt(ITEMS)).getBytes(StandardCharsets.UTF_8)),
                  Base64.getEncoder().encodeToString(value));
        });
  }

  private static String key(int item) {
    return "item#%08d".formatted(item);
  }

  private interface Body {
    String of(Random random);
  }

  private static Workload of(String name, String operation, Body body) {
    Random random = new Random(42);
    List<String> bodies = new ArrayList<>();
    for (int i = 0; i < REQUESTS; i++) {
      bodies.add(body.of(random));
    }
    return new Workload(name, operation, bodies);
  }
}
