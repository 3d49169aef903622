package dev.partita.cluster;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// When a leadership may be handed to the pod that is wanted: when that pod could have led for long
/// enough, in one term. A leadership that has to be handed over again did not hold, or never left;
/// each time the wait is twice as long, so that a sick pod does not get it every half minute. A
/// quiet hour makes it forgotten.
///
/// Not thread-safe. Times are readings of one monotonic clock, in nanoseconds.
final class HandOverTimes {
  /// For how long the wanted pod must have been caught up at first, in milliseconds: longer than
  /// whoever restarts pods waits between two of them, so that leaderships do not follow him around.
  static final long SETTLED_MILLIS = 30_000;

  /// The wait is so many times doubled at most: 32 minutes.
  static final int MAX_DOUBLINGS = 6;

  /// After so long without a hand-over earlier ones are forgotten, in milliseconds; longer than the
  /// longest wait.
  static final long QUIET_MILLIS = 3_600_000;

  /// @param term the group's
  private record Fit(long since, long term) {}

  private record Handed(long at, int times) {}

  private final Map<Long, Fit> fit = new HashMap<>();
  private final Map<Long, Handed> handed = new HashMap<>();

  /// The wanted pod could lead this partition now.
  ///
  /// @return whether it could for long enough
  boolean settled(long partition, long term, long now) {
    Fit known = fit.get(partition);
    if (known == null || known.term() != term) {
      known = new Fit(now, term);
      fit.put(partition, known);
    }
    return now - known.since() >= TimeUnit.MILLISECONDS.toNanos(waitMillis(partition, now));
  }

  private long waitMillis(long partition, long now) {
    Handed before = handed.get(partition);
    return before == null || isForgotten(before, now)
        ? SETTLED_MILLIS
        : SETTLED_MILLIS << Math.min(before.times(), MAX_DOUBLINGS);
  }

  private static boolean isForgotten(Handed before, long now) {
    return now - before.at() >= TimeUnit.MILLISECONDS.toNanos(QUIET_MILLIS);
  }

  /// It is handed over.
  void handed(long partition, long now) {
    fit.remove(partition);
    Handed before = handed.get(partition);
    int times = before == null || isForgotten(before, now) ? 0 : before.times();
    handed.put(partition, new Handed(now, times + 1));
  }

  /// Only for these could the wanted pod lead at this look.
  void keepOnly(Set<Long> partitions, long now) {
    fit.keySet().retainAll(partitions);
    handed.values().removeIf(before -> isForgotten(before, now));
  }
}
