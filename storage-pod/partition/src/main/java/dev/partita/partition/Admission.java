package dev.partita.partition;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Counts what a lane holds and turns away what would be too much. Thread-safe.
final class Admission {

  private final PartitionLimits limits;
  private final AtomicInteger commands = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();

  Admission(PartitionLimits limits) {
    this.limits = limits;
  }

  /// @param weight in bytes
  /// @return false if it would be too much: nothing was counted then
  boolean tryEnter(int weight) {
    if (commands.incrementAndGet() > limits.unansweredCommands()) {
      commands.decrementAndGet();
      return false;
    }
    if (bytes.addAndGet(weight) > limits.unansweredBytes()) {
      leave(weight);
      return false;
    }
    return true;
  }

  void leave(int weight) {
    bytes.addAndGet(-weight);
    commands.decrementAndGet();
  }

  int commands() {
    return commands.get();
  }
}
