package dev.partita.e2e.chaos;

import dev.partita.e2e.chaos.Fault.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/// Which faults come in which order, from a seed: without end, and every kind once in every round,
/// so that a run of a single round has seen them all.
final class FaultPlan {

  private final Random random;
  private final int pods;
  private final Deque<Kind> round = new ArrayDeque<>();

  FaultPlan(long seed, int pods) {
    this.random = new Random(seed);
    this.pods = pods;
  }

  Fault next() {
    if (round.isEmpty()) {
      List<Kind> kinds = new ArrayList<>(Arrays.asList(Kind.values()));
      // One of the two most ordinary ones more, so that rounds are not alike in length.
      kinds.add(random.nextBoolean() ? Kind.KILL : Kind.LONG_STOP);
      Collections.shuffle(kinds, random);
      round.addAll(kinds);
    }
    Kind kind = round.removeFirst();
    int millis = kind.leastMillis + random.nextInt(kind.mostMillis - kind.leastMillis);
    return new Fault(kind, random.nextInt(pods), millis);
  }

  /// Whether every kind has been there as often as every other, or the two ordinary ones more.
  boolean roundIsOver() {
    return round.isEmpty();
  }

  /// Time until the next fault, in milliseconds.
  int restMillis() {
    return 300 + random.nextInt(1_700);
  }
}
