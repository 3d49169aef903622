package dev.partita.engine;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// For writes that may wait for space: what is committed is safe in the log, and a disk that is
/// full for the item store is no reason to lose the pod.
public final class FullDisk {
  private static final Logger LOG = LoggerFactory.getLogger(FullDisk.class);

  /// How long a write waits for space, in milliseconds. The log takes no new entries meanwhile, so
  /// it waits for what was under way only.
  private static final long PATIENCE_MILLIS = 300_000;

  /// How often it tries, in milliseconds. The store itself looks for space every few seconds.
  private static final long PACE_MILLIS = 100;

  private FullDisk() {}

  /// Writes, and again while the disk is full; blocks.
  ///
  /// @param write may be called again after it failed
  /// @throws DiskFullException if there is no space for a long time
  public static void outlast(Runnable write) {
    outlast(write, PATIENCE_MILLIS);
  }

  static void outlast(Runnable write, long patienceMillis) {
    long begun = System.nanoTime();
    boolean told = false;
    while (true) {
      try {
        write.run();
        return;
      } catch (DiskFullException e) {
        if (TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun) >= patienceMillis) {
          throw e;
        }
        if (!told) {
          told = true;
          LOG.warn("the disk is full: committed entries wait for space", e);
        }
        pause(e);
      }
    }
  }

  private static void pause(DiskFullException reason) {
    try {
      Thread.sleep(PACE_MILLIS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw reason;
    }
  }
}
