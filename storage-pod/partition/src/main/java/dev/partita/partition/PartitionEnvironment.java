package dev.partita.partition;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/// What all partitions of a pod share: the clock, the threads and the bounds.
///
/// @param clock the pod's one hybrid clock
/// @param deciders runs lanes; may be blocked by the disk; takes one task per partition at most
/// @param readers runs reads that may touch the disk; refuses by `RejectedExecutionException` what
///   is too much
/// @param walkers runs reads of pages, apart from `readers` so that scans do not hold up point
///   reads; refuses likewise
public record PartitionEnvironment(
    HybridClock clock,
    Executor deciders,
    Executor readers,
    Executor walkers,
    PartitionLimits limits)
    implements AutoCloseable {

  /// Reads that wait for a thread of {@link #readers}, in reads.
  public static final int MAX_WAITING_READS = 16_384;

  /// Reads of pages that wait for a thread of {@link #walkers}, in reads.
  public static final int MAX_WAITING_PAGES = 2_048;

  /// How long closing waits for a task that runs, in seconds.
  private static final long CLOSE_WAIT_SECONDS = 10;

  /// Makes the threads of a pod.
  ///
  /// @param wallMillis milliseconds since 1970
  /// @param deciderThreads at most so many lanes decide at once
  /// @param readerThreads at most so many reads wait for the disk at once
  /// @param walkerThreads at most so many pages are read at once; each holds a page in memory
  public static PartitionEnvironment create(
      LongSupplier wallMillis,
      int deciderThreads,
      int readerThreads,
      int walkerThreads,
      PartitionLimits limits) {
    // A lane is queued once at most, so partitions bound this queue.
    ExecutorService deciders =
        new ThreadPoolExecutor(
            deciderThreads,
            deciderThreads,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            named("partita-decide-"));
    return new PartitionEnvironment(
        new HybridClock(wallMillis),
        deciders,
        bounded(readerThreads, MAX_WAITING_READS, "partita-read-"),
        bounded(walkerThreads, MAX_WAITING_PAGES, "partita-page-"),
        limits);
  }

  private static ExecutorService bounded(int threads, int maxWaiting, String prefix) {
    return new ThreadPoolExecutor(
        threads, threads, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(maxWaiting), named(prefix));
  }

  private static ThreadFactory named(String prefix) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, prefix + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /// Ends the threads, where {@link #create} made them. Partitions must be closed before.
  @Override
  public void close() {
    end(deciders);
    end(readers);
    end(walkers);
  }

  private static void end(Executor executor) {
    if (executor instanceof ExecutorService service) {
      service.shutdown();
      try {
        if (!service.awaitTermination(CLOSE_WAIT_SECONDS, TimeUnit.SECONDS)) {
          service.shutdownNow();
        }
      } catch (InterruptedException e) {
        service.shutdownNow();
        Thread.currentThread().interrupt();
      }
    }
  }
}
