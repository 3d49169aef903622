package dev.partita.e2e.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.e2e.differential.Reconciliation.Behind;
import dev.partita.e2e.process.DynamoDbLocal;
import dev.partita.e2e.process.Jvm;
import dev.partita.e2e.process.PartitaDev;
import dev.partita.e2e.wire.Credentials;
import dev.partita.e2e.wire.FreshTable;
import dev.partita.e2e.wire.WireClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same requests to Partita and to Amazon's DynamoDB Local, answers compared to the letter.
///
/// A query or a scan is one case with all its pages. `-Dpartita.differential.cases=N` sets how many
/// cases (20,000 by default), `-Dpartita.differential.seed=K` where to begin; the seed of a run is
/// printed with its result.
class DifferentialTest {

  private static final int LANES = 4;
  private static final int CASES = Integer.getInteger("partita.differential.cases", 20_000);
  private static final long SEED = Long.getLong("partita.differential.seed", 20_261_122L);
  private static final int CASES_OF_A_ROUND = 1_250;

  /// More than any run has.
  private static final long MAX_ROUNDS = 1_000_000;

  /// Takes seeds that lie together far apart.
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

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
    String report = report(unexplained);
    Files.writeString(Jvm.root().resolve("e2e/suite/target/differential.txt"), report);
    assertThat(report).as("differences, seed %d", SEED).isEmpty();
  }

  /// Each lane has tables of its own, so that scans see nothing of what others write; each round
  /// has new ones, every other one tables of several partitions.
  private static Void run(
      int lane,
      WireClient ours,
      WireClient theirs,
      Map<String, Kind> unexplained,
      Map<String, Integer> explained)
      throws IOException, InterruptedException {
    int left = CASES / LANES + (lane < CASES % LANES ? 1 : 0);
    for (int round = 0; left > 0; round++) {
      Random random = new Random(((SEED * LANES + lane) * MAX_ROUNDS + round) * SPREAD);
      List<Schema> schemas = Schema.some(random, "Diff" + lane + "." + round + ".");
      for (Schema schema : schemas) {
        FreshTable.create(theirs, schema.createTable(false));
        FreshTable.create(ours, schema.createTable(round % 2 == 1));
      }
      Cases cases = new Cases(random, schemas);
      for (int i = Math.min(left, CASES_OF_A_ROUND); i > 0; i--) {
        compare(cases.next(), schemas, ours, theirs, unexplained, explained);
        left--;
      }
      for (Schema schema : schemas) {
        String body = "{\"TableName\":\"" + schema.table() + "\"}";
        assertThat(ours.call("DeleteTable", body).ok()).isTrue();
        assertThat(theirs.call("DeleteTable", body).ok()).isTrue();
      }
    }
    return null;
  }

  private static void compare(
      Case next,
      List<Schema> schemas,
      WireClient ours,
      WireClient theirs,
      Map<String, Kind> unexplained,
      Map<String, Integer> explained)
      throws IOException, InterruptedException {
    Answers answers = new Answers(next, Walk.of(next, ours), Walk.of(next, theirs));
    boolean agree = answers.agree();
    if (agree && (!next.writes() || !answers.bothOk())) {
      return;
    }
    Behind behind =
        next.writes() ? new Reconciliation(schemas, ours, theirs).after(next) : Behind.SAME;
    Optional<String> known = agree ? Optional.empty() : KnownDifference.explain(next, answers);
    synchronized (unexplained) {
      if (answers.bothOk()
          && behind != Behind.SAME
          && !ReplyDifferences.explainsItems(next, behind)) {
        note(unexplained, next, "leaves other items behind", answers);
      }
      if (known.isPresent()) {
        explained.merge(known.get(), 1, Integer::sum);
      } else if (!agree) {
        note(unexplained, next, answers.kind(), answers);
      }
    }
  }

  private static void note(
      Map<String, Kind> unexplained, Case request, String what, Answers answers) {
    Kind kind =
        unexplained.computeIfAbsent(
            request.operation() + "  " + what, _ -> new Kind(new ArrayList<>(), new int[1]));
    kind.count()[0]++;
    if (kind.examples().size() < EXAMPLES_PER_KIND) {
      kind.examples()
          .add(
              "%s%n      ours   %s%n      theirs %s"
                  .formatted(request, cut(answers.our()), cut(answers.their())));
    }
  }

  private static String cut(Walk walk) {
    String text = String.join(" | ", walk.answers().stream().map(WireClient.Answer::text).toList());
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

  private static WireClient client(PartitaDev node) {
    return new WireClient(
        node.endpoint(), PartitaDev.CREDENTIALS, PartitaDev.REGION, Duration.ofSeconds(30));
  }

  private static WireClient client(DynamoDbLocal local) {
    return new WireClient(local.endpoint(), ANY, PartitaDev.REGION, Duration.ofSeconds(30));
  }
}
