package dev.partita.bench;

import dev.partita.e2e.process.DynamoDbLocal;
import dev.partita.e2e.process.PartitaDev;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;

/// A table that is scanned to its end, against DynamoDB Local.
final class ScanSuite {

  static final int SCANNED_ITEMS = 200_000;

  private static final String TABLE = "Scanned";
  private static final int[] SEGMENTS = {1, 4};

  /// Different sort keys; what they say does not matter here.
  private static final int ROWS = 10;

  /// Of each segment, before a walk is timed. A whole walk takes DynamoDB Local minutes.
  private static final int WARM_UP_PAGES = 20;

  private final Scratch scratch;
  private final Failures failures;
  private final int rounds;
  private final int items;
  private final PrintStream out;

  ScanSuite(Scratch scratch, Failures failures, int rounds, int items, PrintStream out) {
    this.scratch = scratch;
    this.failures = failures;
    this.rounds = rounds;
    this.items = items;
    this.out = out;
  }

  void run() throws IOException, InterruptedException, ExecutionException {
    try (PartitaDev dev =
            PartitaDev.start(scratch.resolve("dev-scan"), scratch.resolve("dev-scan.log"));
        DynamoDbLocal local = DynamoDbLocal.start(scratch.folder())) {
      measure(Bench.dev(dev), Bench.local(local));
    }
    scratch.delete("dev-scan");
  }

  private void measure(Target ours, Target theirs)
      throws IOException, InterruptedException, ExecutionException {
    for (Target target : List.of(ours, theirs)) {
      target.create(Items.createTable(TABLE, false));
      Loader.load(
          target,
          TABLE,
          items,
          i -> Items.kilobyte(Items.key(i), "row#%04d".formatted(i % ROWS), i),
          out);
    }
    long loaded = ours.residentMegabytes();
    List<String> lines = new ArrayList<>();
    for (int segments : SEGMENTS) {
      lines.add(compare(ours, theirs, segments));
    }
    out.println();
    out.println(
        "| operation | segments | ours MB/s | theirs MB/s | ratio | pages (ours, theirs) |"
            + " ours RSS MB, most |");
    out.println("|---|---|---|---|---|---|---|");
    lines.forEach(out::println);
    out.println();
    out.printf(
        Locale.ROOT,
        "Wanted: at least 3 times as fast, in bounded memory. The table has %,d items, %.0f MB.%n",
        items,
        megabytes());
    out.printf(
        "Resident memory of ours: %d MB loaded, %d MB after the scans; theirs %d MB%n%n",
        loaded, ours.residentMegabytes(), theirs.residentMegabytes());
  }

  /// @return a line of the table of results
  private String compare(Target ours, Target theirs, int segments)
      throws InterruptedException, ExecutionException {
    for (Target target : List.of(ours, theirs)) {
      new ScanWalk(target, TABLE, items).walk(segments, WARM_UP_PAGES);
    }
    List<Double> a = new ArrayList<>();
    List<Double> b = new ArrayList<>();
    List<Double> ratio = new ArrayList<>();
    int ourPages = 0;
    int theirPages = 0;
    try (MemoryPeak peak = MemoryPeak.watch(ours)) {
      for (int round = 0; round < rounds; round++) {
        ScanWalk.Result x = walk(ours, segments);
        ScanWalk.Result y = walk(theirs, segments);
        ourPages = x.pages();
        theirPages = y.pages();
        a.add(megabytes() / x.seconds());
        b.add(megabytes() / y.seconds());
        ratio.add(y.seconds() / x.seconds());
      }
      return String.format(
          Locale.ROOT,
          "| Scan | %d | %s | %s | **%s** | %d, %d | %d |",
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
    ScanWalk.Result result = new ScanWalk(target, TABLE, items).walk(segments);
    out.printf(
        Locale.ROOT, "  %s, %d segments: %.1f s%n", target.name(), segments, result.seconds());
    if (result.found() != items || result.twice() != 0) {
      failures.add(
          "Scan of %s in %d segments: %d of %d items, %d of them more than once"
              .formatted(target.name(), segments, result.found(), items, result.twice()));
    }
    return result;
  }

  /// In DynamoDB's bytes, which are the same for both.
  private double megabytes() {
    return (double) items * Items.KILOBYTE / 1e6;
  }
}
