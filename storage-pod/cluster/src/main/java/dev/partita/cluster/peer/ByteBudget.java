package dev.partita.cluster.peer;

import java.util.concurrent.atomic.AtomicLong;

/// Counts bytes against a bound. Thread-safe.
final class ByteBudget {
  private final long limit;
  private final AtomicLong used = new AtomicLong();

  ByteBudget(long limit) {
    this.limit = limit;
  }

  /// @return false if the bound would be passed; then nothing is taken
  boolean tryTake(int bytes) {
    if (used.addAndGet(bytes) > limit) {
      used.addAndGet(-bytes);
      return false;
    }
    return true;
  }

  /// Takes without asking: for what cannot be refused any more.
  void take(int bytes) {
    used.addAndGet(bytes);
  }

  void give(int bytes) {
    used.addAndGet(-bytes);
  }

  long used() {
    return used.get();
  }

  boolean exhausted() {
    return used.get() >= limit;
  }
}
