package dev.partita.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;

/// Measures two targets in turn, round by round, so that what the machine does meanwhile hits both.
final class Comparison {

  static final int WARM_UP_SECONDS = 5;

  private final int rounds;
  private final int seconds;
  private final PrintStream out;
  private final Failures failures;

  Comparison(int rounds, int seconds, PrintStream out, Failures failures) {
    this.rounds = rounds;
    this.seconds = seconds;
    this.out = out;
    this.failures = failures;
  }

  /// The same with longer rounds, for requests that take long: wrk counts those that were answered
  /// within a round, and what is under way at its end must not matter.
  Comparison longer(int times) {
    return new Comparison(rounds, seconds * times, out, failures);
  }

  void run(Workload workload, Target ours, Target theirs, int connections)
      throws IOException, InterruptedException {
    run(workload, workload, ours, theirs, connections);
  }

  /// @param theirWorkload what the other one is asked, where it speaks another language
  void run(Workload workload, Workload theirWorkload, Target ours, Target theirs, int connections)
      throws IOException, InterruptedException {
    String where = workload.name() + ", " + connections + " connections";
    failures.count(
        where + ", warm-up", ours.measure(workload, connections, WARM_UP_SECONDS).failed());
    theirs.measure(theirWorkload, connections, WARM_UP_SECONDS);
    Series a = new Series();
    Series b = new Series();
    for (int round = 0; round < rounds; round++) {
      a.add(ours.measure(workload, connections, seconds));
      b.add(theirs.measure(theirWorkload, connections, seconds));
    }
    failures.count(where + ", " + ours.name(), a.failed());
    failures.count(where + ", " + theirs.name(), b.failed());
    print(workload, ours, theirs, connections, a, b);
  }

  static void header(PrintStream out) {
    out.println(
        "| operation | connections | ours | theirs | ours/s | theirs/s | ratio | ours p50 ms |"
            + " theirs p50 ms | ours p99 ms | theirs p99 ms | failed (ours, theirs) |");
    out.println("|---|---|---|---|---|---|---|---|---|---|---|---|");
  }

  private void print(Workload w, Target ours, Target theirs, int connections, Series a, Series b) {
    out.printf(
        Locale.ROOT,
        "| %s | %d | %s | %s | %s | %s | **%s** | %s | %s | %s | %s | %d, %d |%n",
        w.name(),
        connections,
        ours.name(),
        theirs.name(),
        a.rate().text(0),
        b.rate().text(0),
        a.ratio(b, Wrk.Result::perSecond).text(2),
        a.p50().text(1),
        b.p50().text(1),
        a.p99().text(1),
        b.p99().text(1),
        a.failed(),
        b.failed());
  }
}
