package dev.partita.cluster.support;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// The patience of one request: tries again after pauses that double, with jitter, until one
/// deadline. For one request at a time; its attempts follow each other.
public final class Retry {
  private static final long FIRST_PAUSE_MICROS = 4_000;
  private static final long LONGEST_PAUSE_MICROS = 100_000;

  private final ScheduledExecutorService timer;
  private final long deadlineNanos;
  private long pauseMicros = FIRST_PAUSE_MICROS;

  public Retry(ScheduledExecutorService timer, long patienceMillis) {
    this.timer = timer;
    deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMillis);
  }

  /// Milliseconds until the deadline, at least 0.
  public long remainingMillis() {
    return Math.max(0, TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime()));
  }

  /// Runs the next attempt after a pause, on the timer's thread: it must not block.
  ///
  /// @return false if the deadline comes before; then nothing will run
  public boolean later(Runnable attempt) {
    long pause = pauseMicros / 2 + ThreadLocalRandom.current().nextLong(pauseMicros);
    pauseMicros = Math.min(LONGEST_PAUSE_MICROS, pauseMicros * 2);
    if (TimeUnit.MICROSECONDS.toNanos(pause) > deadlineNanos - System.nanoTime()) {
      return false;
    }
    try {
      var _ = timer.schedule(attempt, pause, TimeUnit.MICROSECONDS);
      return true;
    } catch (RejectedExecutionException _) {
      // The pod closes: to the request this is a deadline.
      return false;
    }
  }
}
