package dev.partita.simulation;

import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Virtual time: a queue of events, one source of randomness, and a running hash of all that
/// happened.
final class World {
  private static final long FNV_PRIME = 0x100000001b3L;

  final SplittableRandom random;
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private long now;
  private long sequence;
  private long hash = 0xcbf29ce484222325L;
  private long happened;

  private @Nullable Violation violation;
  private int expectsErrors;

  private record Event(long at, long sequence, String label, Runnable action)
      implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }
  }

  World(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /// Nanoseconds since the world began.
  long now() {
    return now;
  }

  long hash() {
    return hash;
  }

  /// How many events happened.
  long happened() {
    return happened;
  }

  void after(long nanos, String label, Runnable action) {
    events.add(new Event(now + Math.max(0, nanos), ++sequence, label, action));
  }

  /// Lets the next event happen.
  void step() {
    Event event = events.remove();
    now = event.at();
    happened++;
    note(event.label());
    note(now);
    event.action().run();
    if (violation != null) {
      throw violation;
    }
  }

  /// Lets events happen until that time.
  void until(long time) {
    while (!events.isEmpty() && events.element().at() <= time) {
      step();
    }
    now = Math.max(now, time);
  }

  /// Ends the run. Whoever is between us and the world may swallow what is thrown, so the first
  /// violation is remembered.
  Violation violation(String what, @Nullable Throwable cause) {
    Violation found = new Violation("at " + now / 1_000_000 + " ms: " + what, cause);
    if (violation == null) {
      violation = found;
    }
    return found;
  }

  /// Whether a process was told to fail, so that its core may complain.
  boolean expectsErrors() {
    return expectsErrors > 0;
  }

  void expectErrors(boolean now) {
    expectsErrors += now ? 1 : -1;
  }

  /// Makes something part of the hash.
  void note(long value) {
    hash = (hash ^ value) * FNV_PRIME;
    hash ^= hash >>> 29;
  }

  void note(String value) {
    note(value.hashCode());
  }

  /// In nanoseconds, both in milliseconds.
  long between(long fromMillis, long toMillis) {
    return random.nextLong(fromMillis * 1_000_000, toMillis * 1_000_000);
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }
}
