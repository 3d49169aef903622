package dev.partita.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.partita.e2e.process.DynamoDbLocal;
import dev.partita.e2e.process.PartitaDev;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

/// Many items in one request: Query, Scan and BatchWriteItem against DynamoDB Local.
final class PagesSuite {

  static final int SCANNED_ITEMS = 200_000;

  private static final String PAGES = "Pages";
  private static final String SCANNED = "Scanned";
  private static final int PARTITION_KEYS = 2_000;
  private static final int ROWS = 10;
  private static final int[] CONNECTIONS = {16, 64};
  private static final int[] SEGMENTS = {1, 4};
  private static final int QUERIES = 5_000;

  /// 25 items of 1 KB each; wrk holds them all.
  private static final int BATCHES = 400;

  /// Length of their rounds, as times of the others': one takes DynamoDB Local up to a second.
  private static final int BATCH_ROUND = 3;

  private final Scratch scratch;
  private final Comparison comparison;
  private final Failures failures;
  private final int rounds;
  private final int scanned;
  private final PrintStream out;

  PagesSuite(
      Scratch scratch,
      Comparison comparison,
      Failures failures,
      int rounds,
      int scanned,
      PrintStream out) {
    this.scratch = scratch;
    this.comparison = comparison;
    this.failures = failures;
    this.rounds = rounds;
    this.scanned = scanned;
    this.out = out;
  }

  void run() throws IOException, InterruptedException, ExecutionException {
    try (PartitaDev dev =
            PartitaDev.start(scratch.resolve("dev-pages"), scratch.resolve("dev-pages.log"));
        DynamoDbLocal local = DynamoDbLocal.start(scratch.folder())) {
      requests(Bench.dev(dev), Bench.local(local));
    }
    scratch.delete("dev-pages");
    try (PartitaDev dev =
            PartitaDev.start(scratch.resolve("dev-scan"), scratch.resolve("dev-scan.log"));
        DynamoDbLocal local = DynamoDbLocal.start(scratch.folder())) {
      scans(Bench.dev(dev), Bench.local(local));
    }
    scratch.delete("dev-scan");
  }

  private void requests(Target ours, Target theirs)
      throws IOException, InterruptedException, ExecutionException {
    long idle = ours.residentMegabytes();
    for (Target target : List.of(ours, theirs)) {
      target.create(PAGES, Items.createTable(PAGES, true));
      Loader.load(
          target,
          PAGES,
          PARTITION_KEYS * ROWS,
          i -> Items.kilobyte(partitionKey(i / ROWS), sortKey(i % ROWS), i),
          out);
    }
    long loaded = ours.residentMegabytes();
    out.println();
    Comparison.header(out);
    for (int connections : CONNECTIONS) {
      comparison.run(queries(false), ours, theirs, connections);
      comparison.run(queries(true), ours, theirs, connections);
    }
    for (int connections : CONNECTIONS) {
      comparison.longer(BATCH_ROUND).run(batches(), ours, theirs, connections);
    }
    out.println();
    out.println("Wanted: Query at least 4 times, BatchWriteItem at least 6 times as fast.");
    out.printf(
        "Resident memory of ours: %d MB idle, %d MB loaded, %d MB after that; theirs %d MB%n%n",
        idle, loaded, ours.residentMegabytes(), theirs.residentMegabytes());
  }

  private void scans(Target ours, Target theirs)
      throws IOException, InterruptedException, ExecutionException {
    for (Target target : List.of(ours, theirs)) {
      target.create(SCANNED, Items.createTable(SCANNED, false));
      Loader.load(
          target, SCANNED, scanned, i -> Items.kilobyte(Items.key(i), sortKey(i % ROWS), i), out);
    }
    long loaded = ours.residentMegabytes();
    out.println();
    out.println(
        "| operation | segments | ours MB/s | theirs MB/s | ratio | pages (ours, theirs) |"
            + " ours RSS MB, most |");
    out.println("|---|---|---|---|---|---|---|");
    for (int segments : SEGMENTS) {
      scan(ours, theirs, segments);
    }
    out.println();
    out.printf(
        Locale.ROOT,
        "Wanted: at least 3 times as fast, in bounded memory. The table has %,d items, %.0f MB.%n",
        scanned,
        megabytes());
    out.printf(
        "Resident memory of ours: %d MB loaded, %d MB after the scans; theirs %d MB%n%n",
        loaded, ours.residentMegabytes(), theirs.residentMegabytes());
  }

  private void scan(Target ours, Target theirs, int segments)
      throws InterruptedException, ExecutionException {
    List<Double> a = new ArrayList<>();
    List<Double> b = new ArrayList<>();
    List<Double> ratio = new ArrayList<>();
    int ourPages = 0;
    int theirPages = 0;
    try (MemoryPeak peak = MemoryPeak.watch(ours)) {
      // The first walk of each warms it up.
      for (int round = -1; round < rounds; round++) {
        ScanWalk.Result x = walk(ours, segments);
        ScanWalk.Result y = walk(theirs, segments);
        ourPages = x.pages();
        theirPages = y.pages();
        if (round >= 0) {
          a.add(megabytes() / x.seconds());
          b.add(megabytes() / y.seconds());
          ratio.add(y.seconds() / x.seconds());
        }
      }
      out.printf(
          "| Scan | %d | %s | %s | **%s** | %d, %d | %d |%n",
          segments,
          Spread.of(a).text(1),
          Spread.of(b).text(1),
          Spread.of(ratio).text(2),
          ourPages,
          theirPages,
          peak.megabytes());
    }
  }

  private ScanWalk.Result walk(Target target, int segments)
      throws InterruptedException, ExecutionException {
    ScanWalk.Result result = new ScanWalk(target, SCANNED, scanned).walk(segments);
    if (result.found() != scanned || result.twice() != 0) {
      failures.add(
          "Scan of %s in %d segments: %d of %d items, %d of them more than once"
              .formatted(target.name(), segments, result.found(), scanned, result.twice()));
    }
    return result;
  }

  /// In DynamoDB's bytes, which are the same for both.
  private double megabytes() {
    return (double) scanned * Items.KILOBYTE / 1e6;
  }

  private static Workload queries(boolean strong) {
    return Workload.of(
        strong ? "Query 10 × 1 KB strong" : "Query 10 × 1 KB",
        "Query",
        QUERIES,
        42,
        PagesSuite::isWholePage,
        r ->
            """
            {"TableName":"%s","KeyConditionExpression":"pk = :pk",\
            "ExpressionAttributeValues":{":pk":{"S":"%s"}}%s}"""
                .formatted(
                    PAGES,
                    partitionKey(r.nextInt(PARTITION_KEYS)),
                    strong ? ",\"ConsistentRead\":true" : ""));
  }

  private static boolean isWholePage(String request, JsonNode answer) {
    JsonNode items = answer.path("Items");
    return items.size() == ROWS
        && answer.path("Count").asInt(-1) == ROWS
        && !answer.has("LastEvaluatedKey")
        && IntStream.range(0, ROWS)
            .allMatch(
                i ->
                    request.contains(items.path(i).path("pk").path("S").asText("?"))
                        && items.path(i).path("sk").path("S").asText("").equals(sortKey(i)));
  }

  private static Workload batches() {
    return Workload.of(
        "BatchWriteItem 25 × 1 KB",
        "BatchWriteItem",
        BATCHES,
        42,
        (_, answer) -> answer.has("UnprocessedItems") && answer.path("UnprocessedItems").isEmpty(),
        PagesSuite::batch);
  }

  private static String batch(Random random) {
    return Loader.batch(
        PAGES,
        random
            .ints(0, PARTITION_KEYS * ROWS)
            .distinct()
            .limit(Loader.BATCH)
            .mapToObj(
                i -> Items.kilobyte(partitionKey(i / ROWS), sortKey(i % ROWS), random.nextLong()))
            .toList());
  }

  private static String partitionKey(int number) {
    return "part#%08d".formatted(number);
  }

  private static String sortKey(int row) {
    return "row#%04d".formatted(row);
  }
}
