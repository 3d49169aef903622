package dev.partita.bench;

import java.io.IOException;
import java.io.UncheckedIOException;

/// Looks at a server's resident memory again and again, from a thread of its own.
final class MemoryPeak implements AutoCloseable {

  private static final long LOOK_MILLIS = 50;

  private final Target target;
  private final Thread thread;
  private volatile boolean ended;
  private volatile long megabytes;

  private MemoryPeak(Target target) {
    this.target = target;
    this.thread = Thread.ofPlatform().daemon().name("memory-peak").unstarted(this::run);
  }

  static MemoryPeak watch(Target target) {
    MemoryPeak peak = new MemoryPeak(target);
    peak.thread.start();
    return peak;
  }

  private void run() {
    long most = 0;
    try {
      while (!ended) {
        most = Math.max(most, target.residentMegabytes());
        megabytes = most;
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// The most that was seen until now, in MB.
  long megabytes() {
    return megabytes;
  }

  @Override
  public void close() {
    ended = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
