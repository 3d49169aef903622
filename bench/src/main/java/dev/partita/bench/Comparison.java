package dev.partita.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Measures two targets in turn, round by round, so that what the machine does meanwhile hits both.
final class Comparison {

  private static final int WARM_UP_SECONDS = 5;

  private final int rounds;
  private final int seconds;
  private final PrintStream out;

  Comparison(int rounds, int seconds, PrintStream out) {
    this.rounds = rounds;
    this.seconds = seconds;
    this.out = out;
  }

  /// @param rate requests per second over the rounds
  /// @param ratio of rates, ours to theirs, round by round
  /// @param ratioP99 of 99th percentiles, ours to theirs, round by round
  record Line(
      Spread ours,
      Spread theirs,
      Spread ratio,
      Spread p99Ours,
      Spread p99Theirs,
      Spread ratioP99,
      long failed) {}

  Line run(Workload workload, Target ours, Target theirs, int connections)
      throws IOException, InterruptedException {
    return run(workload, workload, ours, theirs, connections);
  }

  /// @param theirWorkload what the other one is asked, where it speaks another language
  Line run(Workload workload, Workload theirWorkload, Target ours, Target theirs, int connections)
      throws IOException, InterruptedException {
    ours.measure(workload, connections, WARM_UP_SECONDS);
    theirs.measure(theirWorkload, connections, WARM_UP_SECONDS);
    List<Double> a = new ArrayList<>();
    List<Double> b = new ArrayList<>();
    List<Double> ratio = new ArrayList<>();
    List<Double> p99a = new ArrayList<>();
    List<Double> p99b = new ArrayList<>();
    List<Double> p99Ratio = new ArrayList<>();
    long failed = 0;
    for (int round = 0; round < rounds; round++) {
      Wrk.Result x = ours.measure(workload, connections, seconds);
      Wrk.Result y = theirs.measure(theirWorkload, connections, seconds);
      a.add(x.perSecond());
      b.add(y.perSecond());
      ratio.add(x.perSecond() / y.perSecond());
      p99a.add(x.p99Millis());
      p99b.add(y.p99Millis());
      p99Ratio.add(x.p99Millis() / y.p99Millis());
      failed += x.failed();
    }
    Line line =
        new Line(
            Spread.of(a),
            Spread.of(b),
            Spread.of(ratio),
            Spread.of(p99a),
            Spread.of(p99b),
            Spread.of(p99Ratio),
            failed);
    print(workload, ours, theirs, connections, line);
    return line;
  }

  static void header(PrintStream out) {
    out.println(
        "| operation | connections | ours | theirs | ours/s | theirs/s | ratio | ours p99 ms | theirs p99 ms | failed (ours) |");
    out.println("|---|---|---|---|---|---|---|---|---|---|");
  }

  private void print(Workload w, Target ours, Target theirs, int connections, Line l) {
    out.printf(
        Locale.ROOT,
        "| %s | %d | %s | %s | %s | %s | **%s** | %s | %s | %d |%n",
        w.name(),
        connections,
        ours.name(),
        theirs.name(),
        l.ours().text(0),
        l.theirs().text(0),
        l.ratio().text(2),
        l.p99Ours().text(1),
        l.p99Theirs().text(1),
        l.failed());
  }
}
