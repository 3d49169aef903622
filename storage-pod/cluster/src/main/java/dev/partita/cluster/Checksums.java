package dev.partita.cluster;

import dev.partita.partition.ReplicaChecksum;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Where sums over replicas are taken: on a thread of its own, since each reads every row there is,
/// and so few at a time that the requests of clients keep the disk and the cores.
final class Checksums implements AutoCloseable {

  /// Sums that are taken at the same time; one more is refused.
  static final int AT_ONCE = 1;

  /// A thread without work ends after this, in seconds.
  private static final long IDLE_SECONDS = 10;

  /// How long closing waits for a sum that was interrupted, in seconds.
  private static final long CLOSE_WAIT_SECONDS = 5;

  private final Semaphore places = new Semaphore(AT_ONCE);
  private final ThreadPoolExecutor threads;

  Checksums() {
    // The places bound this queue.
    threads =
        new ThreadPoolExecutor(
            AT_ONCE,
            AT_ONCE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("partita-checksum").factory());
    threads.allowCoreThreadTimeOut(true);
  }

  /// Runs a sum on the thread.
  ///
  /// @param sum reads the disk until it is done or interrupted; null where there is no replica
  /// @return fails as `sum` does, and with a `RejectedExecutionException` after {@link #close}
  CompletableFuture<ChecksumOutcome> take(Supplier<@Nullable ReplicaChecksum> sum) {
    if (!places.tryAcquire()) {
      return CompletableFuture.completedFuture(new ChecksumOutcome.Busy());
    }
    CompletableFuture<ChecksumOutcome> outcome = new CompletableFuture<>();
    boolean accepted = false;
    try {
      threads.execute(() -> run(sum, outcome));
      accepted = true;
    } finally {
      if (!accepted) {
        places.release();
      }
    }
    return outcome;
  }

  /// Whoever hears of the end may ask for the next sum at once: so the place is free before.
  private void run(
      Supplier<@Nullable ReplicaChecksum> sum, CompletableFuture<ChecksumOutcome> outcome) {
    ReplicaChecksum checksum;
    try {
      checksum = sum.get();
    } catch (RuntimeException | Error e) {
      places.release();
      outcome.completeExceptionally(e);
      return;
    }
    places.release();
    outcome.complete(
        checksum == null ? new ChecksumOutcome.NoReplica() : new ChecksumOutcome.Summed(checksum));
  }

  /// Interrupts the sum that is being taken and waits for its end, so that nothing reads from a
  /// store that closes.
  @Override
  public void close() {
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(CLOSE_WAIT_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("a checksum does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
