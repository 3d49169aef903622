package dev.partita.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What is asked of a table: items of about 1 KB under random keys, in DynamoDB's JSON.
///
/// @param calls as many different requests as are replayed
/// @param check what every answer must be beside its status, null for nothing; then the answers to
///   all requests are of one length
record Workload(String name, List<Call> calls, @Nullable Check check) {

  /// @param operation API operation
  record Call(String operation, String body) {}

  /// Whether an answer is right.
  interface Check {
    boolean right(String request, JsonNode answer);
  }

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

  /// Every second one a write.
  static Workload putsAndGets() {
    List<Call> puts = puts().calls();
    List<Call> gets = gets().calls();
    List<Call> both = new ArrayList<>();
    for (int i = 0; i < puts.size(); i++) {
      both.add(puts.get(i));
      both.add(gets.get(i));
    }
    return new Workload("PutItem + GetItem", both, null);
  }

  private static String key(int item) {
    return "item#%08d".formatted(item);
  }

  private static Workload of(String name, String operation, Function<Random, String> body) {
    return of(name, operation, REQUESTS, 42, null, body);
  }

  /// @param body makes one request's body
  static Workload of(
      String name,
      String operation,
      int requests,
      long seed,
      @Nullable Check check,
      Function<Random, String> body) {
    Random random = new Random(seed);
    List<Call> calls = new ArrayList<>(requests);
    for (int i = 0; i < requests; i++) {
      calls.add(new Call(operation, body.apply(random)));
    }
    return new Workload(name, calls, check);
  }
}
