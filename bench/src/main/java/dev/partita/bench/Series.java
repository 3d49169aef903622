package dev.partita.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// The rounds of one line for one server.
final class Series {

  private final List<Wrk.Result> rounds = new ArrayList<>();

  Wrk.Result add(Wrk.Result round) {
    rounds.add(round);
    return round;
  }

  Series and(Series other) {
    Series both = new Series();
    both.rounds.addAll(rounds);
    both.rounds.addAll(other.rounds);
    return both;
  }

  int size() {
    return rounds.size();
  }

  /// Takes the last round out, unless it is the only one.
  void dropLast() {
    if (rounds.size() > 1) {
      rounds.removeLast();
    }
  }

  Spread rate() {
    return spread(Wrk.Result::perSecond);
  }

  Spread p50() {
    return spread(Wrk.Result::p50Millis);
  }

  Spread p99() {
    return spread(Wrk.Result::p99Millis);
  }

  long failed() {
    return rounds.stream().mapToLong(Wrk.Result::failed).sum();
  }

  /// Ratio to the other's figures, round by round.
  Spread ratio(Series other, ToDoubleFunction<Wrk.Result> figure) {
    return Spread.of(
        IntStream.range(0, rounds.size())
            .mapToObj(
                i ->
                    figure.applyAsDouble(rounds.get(i)) / figure.applyAsDouble(other.rounds.get(i)))
            .toList());
  }

  private Spread spread(ToDoubleFunction<Wrk.Result> figure) {
    return Spread.of(rounds.stream().map(r -> figure.applyAsDouble(r)).toList());
  }
}
