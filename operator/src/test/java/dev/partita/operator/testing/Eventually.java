package dev.partita.operator.testing;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Waits for what other threads do.
public final class Eventually {

  /// On a busy machine.
  private static final Duration MAX = Duration.ofSeconds(60);

  private static final Duration POLL = Duration.ofMillis(25);

  private Eventually() {}

  /// Waits until something holds. What it throws meanwhile counts as not yet.
  public static void holds(String what, Supplier<Boolean> condition) {
    var _ = gives(what, () -> condition.get() ? Boolean.TRUE : null);
  }

  /// Waits until there is a value.
  public static <T> T gives(String what, Supplier<@Nullable T> value) {
    long deadline = System.nanoTime() + MAX.toNanos();
    RuntimeException last = null;
    while (System.nanoTime() < deadline) {
      try {
        T now = value.get();
        if (now != null) {
          return Objects.requireNonNull(now);
        }
        last = null;
      } catch (RuntimeException e) {
        last = e;
      }
      try {
        Thread.sleep(POLL);
      } catch (InterruptedException e) {
        throw new AssertionError("interrupted while waiting: " + what, e);
      }
    }
    throw new AssertionError("did not come to pass: " + what, last);
  }
}
