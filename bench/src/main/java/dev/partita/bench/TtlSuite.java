package dev.partita.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.partita.e2e.process.AdminPort;
import dev.partita.e2e.process.PartitaDev;
import dev.partita.e2e.wire.WireClient;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.ExecutionException;

/// Items that all have expired before expiry is switched on, and what a load on another table of
/// the same server loses while they go.
final class TtlSuite {

  static final int EXPIRED_ITEMS = 1_000_000;

  private static final String TABLE = "Expiring";

  /// Items whose time has not come, among the others.
  private static final int SURVIVORS = 1_000;

  private static final int CONNECTIONS = 64;
  private static final long DAY_SECONDS = 86_400;

  /// Times of expiry are spread over so many seconds.
  private static final int SPREAD_SECONDS = 3_600;

  /// Before the first round: the server becomes faster for so long, and that would hide a loss.
  private static final int WARM_UP_SECONDS = 60;

  private static final int WANTED_SECONDS = 600;

  /// Nobody waits longer, whatever is left.
  private static final int LIMIT_SECONDS = 3 * WANTED_SECONDS;

  private static final long DISK_BYTES_PER_ITEM = 2_000;

  private final Scratch scratch;
  private final Failures failures;
  private final int rounds;
  private final int seconds;
  private final int expired;
  private final PrintStream out;
  private final Workload foreground = Workload.putsAndGets();

  TtlSuite(
      Scratch scratch, Failures failures, int rounds, int seconds, int expired, PrintStream out) {
    this.scratch = scratch;
    this.failures = failures;
    this.rounds = rounds;
    this.seconds = seconds;
    this.expired = expired;
    this.out = out;
  }

  void run() throws IOException, InterruptedException, ExecutionException {
    scratch.require(expired * DISK_BYTES_PER_ITEM);
    try (PartitaDev dev =
            PartitaDev.start(scratch.resolve("dev-ttl"), scratch.resolve("dev-ttl.log"));
        AdminPort admin = new AdminPort(dev.admin());
        WireClient wire = Bench.dev(dev).wire()) {
      measure(dev, Bench.dev(dev), admin, wire);
    }
    scratch.delete("dev-ttl");
  }

  private void measure(PartitaDev dev, Target ours, AdminPort admin, WireClient wire)
      throws IOException, InterruptedException, ExecutionException {
    long now = Instant.now().getEpochSecond();
    ours.load();
    ours.create(Items.createTable(TABLE, false));
    Loader.load(
        ours,
        TABLE,
        expired + SURVIVORS,
        i ->
            Items.expiring(
                i,
                i < SURVIVORS
                    ? now + DAY_SECONDS + i
                    : now - DAY_SECONDS - (i * 7_919L) % SPREAD_SECONDS),
        out);
    out.printf("The server came to rest after %d s.%n", Rest.await(dev.pid()).toSeconds());
    long loaded = ours.residentMegabytes();
    failures.count("warm-up", ours.measure(foreground, CONNECTIONS, WARM_UP_SECONDS).failed());
    Series before = quiet(ours);
    Series during = new Series();
    Expiry expiry = expire(ours, admin, wire, during);
    Series after = quiet(ours);
    check(admin, wire);
    print(before, during, after, expiry);
    out.printf(
        "Resident memory of ours: %d MB loaded, %d MB after that, %d MB at most while items"
            + " expired%n%n",
        loaded, ours.residentMegabytes(), expiry.peakMegabytes());
  }

  private Series quiet(Target ours) throws IOException, InterruptedException {
    Series series = new Series();
    for (int i = 0; i < rounds; i++) {
      series.add(ours.measure(foreground, CONNECTIONS, seconds));
    }
    return series;
  }

  /// @param seconds until the last one was gone
  private record Expiry(double seconds, long peakMegabytes) {}

  /// Switches expiry on and measures until no expired item is left.
  private Expiry expire(Target ours, AdminPort admin, WireClient wire, Series during)
      throws IOException, InterruptedException {
    long began = System.nanoTime();
    Target.require(
        wire.call(
            "UpdateTimeToLive",
            """
            {"TableName":"%s","TimeToLiveSpecification":{"Enabled":true,"AttributeName":"expires"}}"""
                .formatted(TABLE)));
    try (MemoryPeak peak = MemoryPeak.watch(ours);
        Vanishing vanishing = Vanishing.watch(admin, TABLE, SURVIVORS)) {
      while (!vanishing.isOver()) {
        Wrk.Result round = during.add(ours.measure(foreground, CONNECTIONS, seconds));
        double elapsed = (System.nanoTime() - began) / 1e9;
        out.printf(
            Locale.ROOT,
            "  %.0f s after expiry was switched on: %,d items left; foreground %,.0f/s%n",
            elapsed,
            vanishing.left(),
            round.perSecond());
        if (elapsed > LIMIT_SECONDS) {
          failures.add(vanishing.left() + " expired items are left after " + elapsed + " s");
          return new Expiry(Double.NaN, peak.megabytes());
        }
      }
      // In the last round they went for a part of the time only.
      during.dropLast();
      return new Expiry((vanishing.overNanos() - began) / 1e9, peak.megabytes());
    }
  }

  /// Nothing went that should have stayed, and nothing stayed.
  private void check(AdminPort admin, WireClient wire) throws IOException, InterruptedException {
    String start = "";
    int found = 0;
    do {
      WireClient.Answer answer =
          wire.call("Scan", "{\"TableName\":\"%s\"%s}".formatted(TABLE, start));
      Target.require(answer);
      for (JsonNode item : answer.body().path("Items")) {
        found++;
        if (Integer.parseInt(item.path("pk").path("S").asText().substring(5)) >= SURVIVORS) {
          failures.add("an expired item is still there: " + item);
          return;
        }
      }
      JsonNode last = answer.body().path("LastEvaluatedKey");
      start = last.isMissingNode() ? "" : ",\"ExclusiveStartKey\":" + last;
    } while (!start.isEmpty());
    if (found != SURVIVORS) {
      failures.add(found + " items are left of " + SURVIVORS + " that have not expired");
    }
    long loaded = Rest.items(admin, Workload.TABLE);
    if (loaded != Workload.ITEMS) {
      failures.add("the table beside has " + loaded + " items of " + Workload.ITEMS);
    }
  }

  private void print(Series before, Series during, Series after, Expiry expiry) {
    Series quiet = before.and(after);
    out.println();
    out.println("| foreground: PutItem + GetItem | rounds | ours/s | p50 ms | p99 ms | failed |");
    out.println("|---|---|---|---|---|---|");
    line("before", before);
    line("while items expire", during);
    line("after", after);
    out.println();
    out.printf(
        Locale.ROOT,
        "Loss of the median: **%.1f %%** of the rounds without expiry (wanted: under 20).%n",
        100 * (1 - during.rate().median() / quiet.rate().median()));
    out.printf(
        Locale.ROOT,
        "The last of %,d expired items was gone after **%.1f s** (wanted: at most %d).%n",
        expired,
        expiry.seconds(),
        WANTED_SECONDS);
    failures.count("foreground", quiet.failed() + during.failed());
  }

  private void line(String name, Series series) {
    out.printf(
        "| %s | %d | %s | %s | %s | %d |%n",
        name,
        series.size(),
        series.rate().text(0),
        series.p50().text(1),
        series.p99().text(1),
        series.failed());
  }
}
