package dev.partita.replication.microraft;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Shares memory for recent entries among the groups of a pod: each may have so much, and once all
/// together have more than the pod can spare, each an equal part of that. So the whole never
/// exceeds twice what the pod can spare. Thread-safe.
final class RecentBudget {
  private final long maxBytesPerGroup;
  private final long maxBytes;
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicInteger groups = new AtomicInteger();

  RecentBudget(long maxBytesPerGroup, long maxBytes) {
    this.maxBytesPerGroup = maxBytesPerGroup;
    this.maxBytes = maxBytes;
  }

  void joined() {
    groups.incrementAndGet();
  }

  void left() {
    groups.decrementAndGet();
  }

  void grew(int by) {
    bytes.addAndGet(by);
  }

  /// What one group may have now, in bytes.
  long allowance() {
    return bytes.get() <= maxBytes
        ? maxBytesPerGroup
        : Math.min(maxBytesPerGroup, maxBytes / Math.max(1, groups.get()));
  }

  /// What all groups have, in bytes.
  long bytes() {
    return bytes.get();
  }
}
