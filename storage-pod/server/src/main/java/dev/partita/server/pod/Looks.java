package dev.partita.server.pod;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks again and again at files that somebody else writes to, one look at a time. Asking the file
/// system to tell would not do: what Kubernetes changes is a link's target.
final class Looks implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Looks.class);

  /// Pause between two looks, in milliseconds. A change that must be seen twice is in force within
  /// about twice as long.
  static final long PAUSE_MILLIS = 500;

  /// How long closing waits for a look that is under way, in seconds.
  private static final long END_SECONDS = 5;

  private final List<Runnable> looks = new CopyOnWriteArrayList<>();
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("partita-files").factory());

  Looks() {
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    timer.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
    var _ =
        timer.scheduleWithFixedDelay(
            () -> looks.forEach(Looks::guarded), PAUSE_MILLIS, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
  }

  void add(Runnable look) {
    looks.add(look);
  }

  /// One that fails must not end the others, nor its own next try.
  private static void guarded(Runnable look) {
    try {
      look.run();
    } catch (RuntimeException e) {
      log.error("looking at files failed", e);
    }
  }

  @Override
  public void close() {
    timer.shutdown();
    try {
      if (!timer.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
        timer.shutdownNow();
      }
    } catch (InterruptedException e) {
      timer.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
