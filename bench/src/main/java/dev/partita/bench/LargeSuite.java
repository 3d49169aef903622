package dev.partita.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.partita.cluster.PodLimits;
import dev.partita.e2e.process.AdminPort;
import dev.partita.e2e.process.PartitaDev;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutionException;

/// Reads at random of a table that is larger than the block cache, against those of a small one in
/// the same server.
final class LargeSuite {

  static final int LARGE_ITEMS = 20_000_000;

  private static final String LARGE = "Large";
  private static final String SMALL = "Small";
  private static final int SMALL_ITEMS = 100_000;
  private static final int CONNECTIONS = 16;

  /// Different requests of one round per second: more than are answered, so that none comes again
  /// and finds its block in the cache.
  private static final int READS_PER_SECOND = 25_000;

  /// What wrk can hold of them.
  private static final int MAX_READS = 400_000;

  /// Of data, log and compaction together, in bytes.
  private static final long DISK_BYTES_PER_ITEM = 1_000;

  private final Scratch scratch;
  private final Failures failures;
  private final int rounds;
  private final int seconds;
  private final int items;
  private final PrintStream out;
  private final Random seeds = new Random(42);

  LargeSuite(
      Scratch scratch, Failures failures, int rounds, int seconds, int items, PrintStream out) {
    this.scratch = scratch;
    this.failures = failures;
    this.rounds = rounds;
    this.seconds = seconds;
    this.items = items;
    this.out = out;
  }

  void run() throws IOException, InterruptedException, ExecutionException {
    scratch.require((items + SMALL_ITEMS) * DISK_BYTES_PER_ITEM);
    Path data = scratch.resolve("dev-large");
    try (PartitaDev dev = PartitaDev.start(data, scratch.resolve("dev-large.log"));
        AdminPort admin = new AdminPort(dev.admin())) {
      Target ours = Bench.dev(dev);
      long idle = ours.residentMegabytes();
      load(ours, admin, LARGE, items);
      load(ours, admin, SMALL, SMALL_ITEMS);
      out.printf("The server came to rest after %d s.%n", Rest.await(dev.pid()).toSeconds());
      out.printf(
          Locale.ROOT,
          "On disk: %,d MB, of it items %,d MB; cache of blocks and memtables together %d MB, and"
              + " the system's cache of files.%n%n",
          Scratch.bytes(data) >> 20,
          Scratch.bytes(data.resolve("items")) >> 20,
          (PodLimits.DEFAULT.blockCacheBytes() + PodLimits.DEFAULT.writeBufferBytes()) >> 20);
      long loaded = ours.residentMegabytes();
      out.println(
          "| operation | connections | large/s | small/s | large p50 ms | small p50 ms |"
              + " large p99 ms | small p99 ms | ratio of p99 | failed |");
      out.println("|---|---|---|---|---|---|---|---|---|---|");
      compare(ours, false);
      compare(ours, true);
      out.println();
      out.printf(
          Locale.ROOT,
          "Wanted: p99 of %,d items at most 3 times that of %,d.%n",
          items,
          SMALL_ITEMS);
      out.printf(
          "Resident memory of ours: %d MB idle, %d MB loaded, %d MB after that%n%n",
          idle, loaded, ours.residentMegabytes());
    }
    scratch.delete("dev-large");
  }

  private void load(Target ours, AdminPort admin, String table, int count)
      throws IOException, InterruptedException, ExecutionException {
    ours.create(Items.createTable(table, false));
    Loader.load(ours, table, count, Items::small, out);
    long there = Rest.items(admin, table);
    if (there != count) {
      failures.add("%s has %d items after %d were loaded".formatted(table, there, count));
    }
  }

  private void compare(Target ours, boolean strong) throws IOException, InterruptedException {
    long failed =
        round(ours, LARGE, items, strong, Comparison.WARM_UP_SECONDS).failed()
            + round(ours, SMALL, SMALL_ITEMS, strong, Comparison.WARM_UP_SECONDS).failed();
    Series large = new Series();
    Series small = new Series();
    for (int i = 0; i < rounds; i++) {
      large.add(round(ours, LARGE, items, strong, seconds));
      small.add(round(ours, SMALL, SMALL_ITEMS, strong, seconds));
    }
    failed += large.failed() + small.failed();
    String operation = strong ? "GetItem strong" : "GetItem";
    failures.count(operation + " of large and small table", failed);
    out.printf(
        "| %s | %d | %s | %s | %s | %s | %s | %s | **%s** | %d |%n",
        operation,
        CONNECTIONS,
        large.rate().text(0),
        small.rate().text(0),
        large.p50().text(2),
        small.p50().text(2),
        large.p99().text(2),
        small.p99().text(2),
        large.ratio(small, Wrk.Result::p99Millis).text(2),
        failed);
  }

  private Wrk.Result round(Target ours, String table, int count, boolean strong, int length)
      throws IOException, InterruptedException {
    Workload reads =
        Workload.of(
            "GetItem",
            "GetItem",
            Math.min(MAX_READS, READS_PER_SECOND * length),
            seeds.nextLong(),
            LargeSuite::isItem,
            r ->
                "{\"TableName\":\"%s\",\"Key\":{\"pk\":{\"S\":\"%s\"}}%s}"
                    .formatted(
                        table,
                        Items.key(r.nextInt(count)),
                        strong ? ",\"ConsistentRead\":true" : ""));
    return ours.measure(reads, CONNECTIONS, length);
  }

  private static boolean isItem(String request, JsonNode answer) {
    JsonNode item = answer.path("Item");
    return item.has("text") && request.contains(item.path("pk").path("S").asText("?"));
  }
}
