package dev.partita.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.partita.e2e.process.DynamoDbLocal;
import dev.partita.e2e.process.PartitaDev;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

/// Many items in one request: Query and BatchWriteItem against DynamoDB Local.
final class PagesSuite {

  private static final String PAGES = "Pages";
  private static final int PARTITION_KEYS = 2_000;
  private static final int ROWS = 10;
  private static final int[] CONNECTIONS = {64, 16};
  private static final int QUERIES = 5_000;

  /// Before the first line: servers become faster for so long.
  private static final int WARM_UP_SECONDS = 30;

  /// 25 items of 1 KB each; wrk holds them all.
  private static final int BATCHES = 400;

  /// Length of their rounds, as times of the others': one takes DynamoDB Local up to a second.
  private static final int BATCH_ROUND = 3;

  private final Scratch scratch;
  private final Comparison comparison;
  private final PrintStream out;

  PagesSuite(Scratch scratch, Comparison comparison, PrintStream out) {
    this.scratch = scratch;
    this.comparison = comparison;
    this.out = out;
  }

  void run() throws IOException, InterruptedException, ExecutionException {
    try (PartitaDev dev =
            PartitaDev.start(scratch.resolve("dev-pages"), scratch.resolve("dev-pages.log"));
        DynamoDbLocal local = DynamoDbLocal.start(scratch.folder())) {
      requests(Bench.dev(dev), Bench.local(local));
    }
    scratch.delete("dev-pages");
  }

  private void requests(Target ours, Target theirs)
      throws IOException, InterruptedException, ExecutionException {
    long idle = ours.residentMegabytes();
    for (Target target : List.of(ours, theirs)) {
      target.create(Items.createTable(PAGES, true));
      Loader.load(
          target,
          PAGES,
          PARTITION_KEYS * ROWS,
          i -> Items.kilobyte(partitionKey(i / ROWS), sortKey(i % ROWS), i),
          out);
    }
    long loaded = ours.residentMegabytes();
    for (Target target : List.of(ours, theirs)) {
      target.measure(queries(Kind.EVENTUAL), CONNECTIONS[0], WARM_UP_SECONDS);
    }
    out.println();
    Comparison.header(out);
    for (int connections : CONNECTIONS) {
      for (Kind kind : Kind.values()) {
        comparison.run(queries(kind), ours, theirs, connections);
      }
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

  private enum Kind {
    EVENTUAL("", ""),
    BACKWARDS(", backwards", ",\"ScanIndexForward\":false"),
    STRONG(", strong", ",\"ConsistentRead\":true");

    private final String text;
    private final String parameter;

    Kind(String text, String parameter) {
      this.text = text;
      this.parameter = parameter;
    }
  }

  private static Workload queries(Kind kind) {
    return Workload.of(
        "Query 10 × 1 KB" + kind.text,
        "Query",
        QUERIES,
        42,
        (request, answer) -> isWholePage(request, answer, kind == Kind.BACKWARDS),
        r ->
            """
            {"TableName":"%s","KeyConditionExpression":"pk = :pk",\
            "ExpressionAttributeValues":{":pk":{"S":"%s"}}%s}"""
                .formatted(PAGES, partitionKey(r.nextInt(PARTITION_KEYS)), kind.parameter));
  }

  private static boolean isWholePage(String request, JsonNode answer, boolean backwards) {
    JsonNode items = answer.path("Items");
    return items.size() == ROWS
        && answer.path("Count").asInt(-1) == ROWS
        && !answer.has("LastEvaluatedKey")
        && IntStream.range(0, ROWS)
            .allMatch(i -> isRow(request, items.path(i), backwards ? ROWS - 1 - i : i));
  }

  private static boolean isRow(String request, JsonNode item, int row) {
    return request.contains(item.path("pk").path("S").asText("?"))
        && item.path("sk").path("S").asText("").equals(sortKey(row));
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
