package dev.partita.partition;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// The pod's hybrid logical clock: wall time where that moves forward, a counter where it does not.
/// A timestamp is milliseconds since 1970 shifted left by 16 bits, plus the counter; so timestamps
/// compare as numbers and stay close to the time of day. Thread-safe.
///
/// Source: Kulkarni et al., "Logical Physical Clocks and Consistent Snapshots in Globally
/// Distributed Databases" (2014), with both parts packed into one number.
public final class HybridClock {

  /// Bits of the counter below the milliseconds.
  public static final int COUNTER_BITS = 16;

  private final LongSupplier wallMillis;
  private final AtomicLong last = new AtomicLong();

  /// @param wallMillis milliseconds since 1970; may jump
  public HybridClock(LongSupplier wallMillis) {
    this.wallMillis = wallMillis;
  }

  /// A timestamp above every one that this clock gave or observed.
  public long next() {
    long wall = wallMillis.getAsLong() << COUNTER_BITS;
    return last.updateAndGet(before -> Math.max(wall, before + 1));
  }

  /// Makes later timestamps lie above one that came from elsewhere: from another leader's entry or
  /// from before a restart.
  public void observe(long timestamp) {
    if (last.get() < timestamp) {
      last.accumulateAndGet(timestamp, Math::max);
    }
  }
}
