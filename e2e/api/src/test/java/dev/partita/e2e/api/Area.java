package dev.partita.e2e.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.InvocationTargetException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// Runs the cases of one file with tables of their own, which go when it is closed.
final class Area implements AutoCloseable {

  /// The real service takes seconds to make a table.
  private static final Duration ACTIVE_LIMIT = Duration.ofMinutes(3);

  private static final Duration POLL = Duration.ofMillis(50);
  private static final Set<String> READS = Set.of("GetItem", "Query", "Scan");

  /// Names of this run, so that runs do not meet at one endpoint.
  private static final String RUN =
      String.format(Locale.ROOT, "%7s", new BigInteger(35, new SecureRandom()).toString(36))
          .replace(' ', '0');

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final DynamoDbClient client;
  private final Map<String, String> names = new HashMap<>();
  private final List<String> created = new ArrayList<>();

  Area(CaseFile file, DynamoDbClient client) {
    this.client = client;
    for (String line : file.tables()) {
      TableLine table = TableLine.parse(line);
      String name = "partita-" + RUN + "-" + file.area() + "-" + table.name();
      names.put(table.name(), name);
      Outcome made = call("CreateTable", table.createTable().put("TableName", name));
      if (made.failed()) {
        throw new IllegalStateException(name + ": " + made.message());
      }
      names.put("arn:" + table.name(), made.at("TableDescription.TableArn").asText());
    }
    created.forEach(this::awaitActive);
    String unique = unique();
    file.given().forEach(step -> must(step, unique));
  }

  void run(ApiCase c) {
    String unique = unique();
    c.given().forEach(step -> must(step, unique));
    Expectation then = c.then();
    then.filled(text -> fill(text, unique)).check(call(c.when(), unique));
  }

  private static String unique() {
    return String.format(
        Locale.ROOT,
        "%s%0" + (Placeholders.UNIQUE_LENGTH - RUN.length()) + "d",
        RUN,
        NUMBER.incrementAndGet());
  }

  private String fill(String text, String unique) {
    return Placeholders.fill(text, unique, names);
  }

  private void must(Step step, String unique) {
    Outcome outcome = call(step, unique);
    if (outcome.failed()) {
      throw new IllegalStateException(step + ": " + outcome.type() + ": " + outcome.message());
    }
    if (step.operation().equals("CreateTable") || step.operation().equals("UpdateTable")) {
      awaitActive(outcome.at("TableDescription.TableName").asText());
    }
  }

  /// Reads are strong unless a case says otherwise or asks what it cost.
  private Outcome call(Step step, String unique) {
    ObjectNode json = (ObjectNode) Placeholders.json(fill(step.json(), unique));
    if (!step.table().isEmpty()) {
      json.put(
          "TableName",
          fill(step.table().startsWith("$") ? step.table() : "$" + step.table(), unique));
    }
    if (READS.contains(step.operation())
        && !json.has("ConsistentRead")
        && !json.has("ReturnConsumedCapacity")) {
      json.put("ConsistentRead", true);
    }
    return call(step.operation(), json);
  }

  private Outcome call(String operation, JsonNode json) {
    try {
      Class<?> type =
          Class.forName("software.amazon.awssdk.services.dynamodb.model." + operation + "Request");
      Object request = SdkJson.read(json, (SdkPojo) type.getMethod("builder").invoke(null));
      String method = operation.substring(0, 1).toLowerCase(Locale.ROOT) + operation.substring(1);
      Object answer = DynamoDbClient.class.getMethod(method, type).invoke(client, request);
      JsonNode body = SdkJson.write((SdkPojo) answer);
      if (operation.equals("CreateTable")) {
        created.add(body.path("TableDescription").path("TableName").asText());
      }
      return new Outcome("", "", body);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof AwsServiceException error && error.awsErrorDetails() != null) {
        return new Outcome(
            error.awsErrorDetails().errorCode(),
            String.valueOf(error.awsErrorDetails().errorMessage()),
            SdkJson.write(error));
      }
      throw new IllegalStateException(operation + " " + json, e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no operation of the SDK: " + operation, e);
    }
  }

  private void awaitActive(String table) {
    long deadline = System.nanoTime() + ACTIVE_LIMIT.toNanos();
    ObjectNode describe = (ObjectNode) Placeholders.json("{}");
    describe.put("TableName", table);
    while (!call("DescribeTable", describe).at("Table.TableStatus").asText().equals("ACTIVE")) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(table + " is not active after " + ACTIVE_LIMIT);
      }
      try {
        TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  /// Deletes every table that this area made, as far as cases have not.
  @Override
  public void close() {
    for (String table : created) {
      ObjectNode delete = (ObjectNode) Placeholders.json("{}");
      call("DeleteTable", delete.put("TableName", table));
    }
  }
}
