package dev.partita.cluster.support;

import java.util.concurrent.atomic.AtomicLong;

/// Counts bytes against a bound. Thread-safe.
public final class ByteBudget {
  private final long limit;
  private final AtomicLong used = new AtomicLong();

  /// @param limit in bytes
  public ByteBudget(long limit) {
    this.limit = limit;
  }

  /// @return false if the bound would be passed; then nothing is taken
  public boolean tryTake(int bytes) {
    if (used.addAndGet(bytes) > limit) {
      used.addAndGet(-bytes);
      return false;
    }
    return true;
  }

  /// Takes without asking: for what cannot be refused any more.
  public void take(int bytes) {
    used.addAndGet(bytes);
  }

  /// Gives back what was taken.
  public void give(int bytes) {
    used.addAndGet(-bytes);
  }

  /// Bytes taken and not given back.
  public long used() {
    return used.get();
  }

  /// Whether nothing more should be begun.
  public boolean exhausted() {
    return used.get() >= limit;
  }
}
