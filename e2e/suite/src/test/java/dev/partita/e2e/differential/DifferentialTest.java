package dev.partita.e2e.differential;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.partita.e2e.process.DynamoDbLocal;
import dev.partita.e2e.process.PartitaDev;
import dev.partita.e2e.wire.Credentials;
import dev.partita.e2e.wire.WireClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same requests to Partita and to Amazon's DynamoDB Local, answers compared to the letter.
///
/// `-Dpartita.differential.cases=N` sets how many (20,000 by default),
/// `-Dpartita.differential.seed=K` where to begin; the seed of a run is printed with its result.
class DifferentialTest {

  private static final int LANES = 4;
  private static final int CASES = Integer.getInteger("partita.differential.cases", 20_000);
  private static final long SEED = Long.getLong("partita.differential.seed", 20_261_122L);
  private static final int EXAMPLES_PER_KIND = 2;
  private static final Credentials ANY = new Credentials("differential", "differential");

  @TempDir private Path scratch;

  /// @param examples a few requests with both answers
  private record Kind(List<String> examples, int[] count) {}

  @Test
  void partitaAnswersAsDynamoDbDoes() throws Exception {
    Map<String, Kind> unexplained = new TreeMap<>();
    Map<String, Integer> explained = new TreeMap<>();
    try (PartitaDev ours = PartitaDev.start(scratch.resolve("data"), scratch.resolve("dev.log"));
        DynamoDbLocal theirs = DynamoDbLocal.start(scratch);
        WireClient a = client(ours);
        WireClient b = client(theirs)) {
      for (Schema schema : Schema.ALL) {
        assertThat(b.call("CreateTable", schema.createTable()).ok()).isTrue();
        create(a, schema);
      }
      try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<?>> lanes = new ArrayList<>();
        for (int lane = 0; lane < LANES; lane++) {
          int number = lane;
          lanes.add(pool.submit(() -> run(number, a, b, unexplained, explained)));
        }
        for (Future<?> lane : lanes) {
          lane.get();
        }
      }
    }
    System.out.printf(
        "differential: %d cases, seed %d, known differences %s%n", CASES, SEED, explained);
    assertThat(report(unexplained)).as("differences, seed %d", SEED).isEmpty();
  }

  private static Void run(
      int lane,
      WireClient ours,
      WireClient theirs,
      Map<String, Kind> unexplained,
      Map<String, Integer> explained)
      throws IOException, InterruptedException {
    Cases cases = new Cases(SEED * LANES + lane, lane);
    for (int i = lane; i < CASES; i += LANES) {
      Case next = cases.next();
      String json = next.body().toString();
      Answers answers =
          new Answers(
              ours.call(next.operation(), json),
              theirs.call(next.operation(), json),
              !next.body().path("ReturnConsumedCapacity").asText("NONE").equals("NONE"));
      if (answers.agree()) {
        continue;
      }
      var known = KnownDifference.of(next, answers);
      if (known.isPresent()) {
        reconcile(next, answers, ours, theirs);
      }
      synchronized (unexplained) {
        if (known.isPresent()) {
          explained.merge(known.get().fact(), 1, Integer::sum);
        } else {
          note(unexplained, next, answers);
        }
      }
    }
    return null;
  }

  /// A write that only one of the two took has left them with different items: both start anew.
  private static void reconcile(Case request, Answers answers, WireClient ours, WireClient theirs)
      throws IOException, InterruptedException {
    if (request.operation().equals("GetItem") || answers.ours().ok() == answers.theirs().ok()) {
      return;
    }
    ObjectNode delete = JsonNodeFactory.instance.objectNode();
    String table = request.body().path("TableName").asText();
    Schema schema =
        Schema.ALL.stream().filter(s -> s.table().equals(table)).findFirst().orElseThrow();
    JsonNode from = request.body().path(request.operation().equals("PutItem") ? "Item" : "Key");
    ObjectNode key = delete.put("TableName", table).putObject("Key");
    schema.keys().forEach(name -> key.set(name, from.path(name)));
    assertThat(ours.call("DeleteItem", delete.toString()).ok()).isTrue();
    assertThat(theirs.call("DeleteItem", delete.toString()).ok()).isTrue();
  }

  private static void note(Map<String, Kind> unexplained, Case request, Answers answers) {
    Kind kind =
        unexplained.computeIfAbsent(
            request.operation() + "  " + answers.kind(),
            _ -> new Kind(new ArrayList<>(), new int[1]));
    kind.count()[0]++;
    if (kind.examples().size() < EXAMPLES_PER_KIND) {
      kind.examples()
          .add(
              "%s%n      ours   %s%n      theirs %s"
                  .formatted(request, cut(answers.ours().text()), cut(answers.theirs().text())));
    }
  }

  private static String cut(String text) {
    return text.length() > 700 ? text.substring(0, 700) + "…" : text;
  }

  private static String report(Map<String, Kind> unexplained) {
    StringBuilder text = new StringBuilder();
    unexplained.forEach(
        (kind, k) -> {
          text.append("%n%d times: %s%n".formatted(k.count()[0], kind));
          k.examples().forEach(e -> text.append("    ").append(e).append("\n"));
        });
    return text.toString();
  }

  private static void create(WireClient wire, Schema schema)
      throws IOException, InterruptedException {
    WireClient.Answer created = wire.call("CreateTable", schema.createTable());
    assertThat(created.ok()).as(created.text()).isTrue();
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!wire.call("DescribeTable", "{\"TableName\":\"" + schema.table() + "\"}")
        .body()
        .path("Table")
        .path("TableStatus")
        .asText("")
        .equals("ACTIVE")) {
      assertThat(System.nanoTime()).as("ACTIVE in time").isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  private static WireClient client(PartitaDev node) {
    return new WireClient(
        node.endpoint(), PartitaDev.CREDENTIALS, PartitaDev.REGION, Duration.ofSeconds(30));
  }

  private static WireClient client(DynamoDbLocal local) {
    return new WireClient(local.endpoint(), ANY, PartitaDev.REGION, Duration.ofSeconds(30));
  }
}
