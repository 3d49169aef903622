package dev.partita.e2e.kubernetes;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Waits for what a cluster does in its own time, within a bound.
final class Await {

  private static final long LOOK_EVERY_MILLIS = 250;

  private Await() {}

  /// @param what for the message when the time is over
  /// @param now what is seen, for the message too
  /// @return how long it took
  static Duration until(
      String what, Duration limit, BooleanSupplier condition, Supplier<@Nullable Object> now)
      throws InterruptedException {
    long begun = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - begun > limit.toNanos()) {
        throw new AssertionError(what + ": not within " + limit + "; now: " + now.get());
      }
      Thread.sleep(LOOK_EVERY_MILLIS);
    }
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  static Duration until(String what, Duration limit, BooleanSupplier condition)
      throws InterruptedException {
    return until(what, limit, condition, () -> "otherwise");
  }

  /// Looks again and again while `length` goes by.
  static void always(
      String what, Duration length, BooleanSupplier condition, Supplier<@Nullable Object> now)
      throws InterruptedException {
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < length.toNanos()) {
      if (!condition.getAsBoolean()) {
        long seconds = (System.nanoTime() - begun) / 1_000_000_000;
        throw new AssertionError(what + ": not so after " + seconds + " s; now: " + now.get());
      }
      Thread.sleep(LOOK_EVERY_MILLIS);
    }
  }
}
