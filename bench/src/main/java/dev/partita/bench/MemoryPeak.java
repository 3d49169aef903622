package dev.partita.bench;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The most that a server had in memory while it was watched.
final class MemoryPeak implements AutoCloseable {

  private static final long LOOK_MILLIS = 50;
  private static final Logger log = LoggerFactory.getLogger(MemoryPeak.class);

  private final Target target;
  private final Looks looks;
  private volatile long megabytes;

  private MemoryPeak(Target target) {
    this.target = target;
    this.looks = Looks.every(LOOK_MILLIS, "memory-peak", this::look);
  }

  static MemoryPeak watch(Target target) {
    return new MemoryPeak(target);
  }

  private boolean look() {
    try {
      megabytes = Math.max(megabytes, target.residentMegabytes());
      return true;
    } catch (IOException gone) {
      log.warn("no memory of {} to be seen: {}", target.name(), gone.toString());
      return false;
    }
  }

  /// The most that was seen until now, in MB.
  long megabytes() {
    return megabytes;
  }

  @Override
  public void close() {
    looks.close();
  }
}
