package dev.partita.server.http;

/// What one event loop has in hand, against its share of the process's bounds. Belongs to the loop;
/// the counts may be read from elsewhere.
final class LoopLoad {

  private final int maxInFlight;
  private final long maxBodyBytes;
  private volatile int inFlight;
  private volatile long bodyBytes;

  LoopLoad(int maxInFlight, long maxBodyBytes) {
    this.maxInFlight = maxInFlight;
    this.maxBodyBytes = maxBodyBytes;
  }

  /// @return false if the loop has enough
  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
  boolean begin() {
    if (inFlight >= maxInFlight) {
      return false;
    }
    inFlight++;
    return true;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
  void end(long heldBodyBytes) {
    inFlight--;
    bodyBytes -= heldBodyBytes;
  }

  /// Gives back body bytes of a request that was not begun.
  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
  void drop(long heldBodyBytes) {
    bodyBytes -= heldBodyBytes;
  }

  /// @return false if the loop holds enough
  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
  boolean hold(long bytes) {
    if (bodyBytes + bytes > maxBodyBytes) {
      return false;
    }
    bodyBytes += bytes;
    return true;
  }

  int inFlight() {
    return inFlight;
  }

  int bodyBytes() {
    return (int) Math.min(bodyBytes, Integer.MAX_VALUE);
  }
}
