package dev.partita.replication.microraft;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Shares memory for entries among the groups of a pod: each may have so much, and once all
/// together have more than the pod can spare, each an equal part of that, but never less than a
/// minimum. So the whole does not exceed twice what the pod can spare, as long as the minimum of
/// all groups is less. Thread-safe.
final class EntryBudget {
  private final long minBytesPerGroup;
  private final long maxBytesPerGroup;
  private final long maxBytes;
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicInteger groups = new AtomicInteger();

  /// @param minBytesPerGroup what every group may have
  /// @param maxBytesPerGroup what one group may have at most; wins over the minimum
  /// @param maxBytes what the pod can spare
  EntryBudget(long minBytesPerGroup, long maxBytesPerGroup, long maxBytes) {
    this.minBytesPerGroup = Math.min(minBytesPerGroup, maxBytesPerGroup);
    this.maxBytesPerGroup = maxBytesPerGroup;
    this.maxBytes = maxBytes;
  }

  void joined() {
    groups.incrementAndGet();
  }

  void left() {
    groups.decrementAndGet();
  }

  void grew(long by) {
    bytes.addAndGet(by);
  }

  /// What one group may have now, in bytes.
  long allowance() {
    return bytes.get() <= maxBytes
        ? maxBytesPerGroup
        : Math.clamp(maxBytes / Math.max(1, groups.get()), minBytesPerGroup, maxBytesPerGroup);
  }

  /// What all groups have, in bytes.
  long bytes() {
    return bytes.get();
  }
}
