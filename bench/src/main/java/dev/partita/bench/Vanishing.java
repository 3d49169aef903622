package dev.partita.bench;

import dev.partita.e2e.process.AdminPort;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at how many items a table still has, from a thread of its own, until only those are left
/// that stay.
final class Vanishing implements AutoCloseable {

  private static final long LOOK_MILLIS = 250;
  private static final Logger log = LoggerFactory.getLogger(Vanishing.class);

  private final AdminPort admin;
  private final String table;
  private final long stay;
  private final Looks looks;
  private volatile boolean over;
  private volatile long overNanos;
  private volatile long left = -1;

  private Vanishing(AdminPort admin, String table, long stay) {
    this.admin = admin;
    this.table = table;
    this.stay = stay;
    this.looks = Looks.every(LOOK_MILLIS, "vanishing", this::look);
  }

  static Vanishing watch(AdminPort admin, String table, long stay) {
    return new Vanishing(admin, table, stay);
  }

  private boolean look() throws InterruptedException {
    try {
      left = Rest.items(admin, table) - stay;
      if (left <= 0) {
        overNanos = System.nanoTime();
        over = true;
      }
    } catch (IOException noAnswer) {
      log.warn("no count of {}: {}", table, noAnswer.toString());
    }
    return !over;
  }

  boolean isOver() {
    return over;
  }

  /// When the last one was seen gone, as `System.nanoTime`.
  long overNanos() {
    return overNanos;
  }

  /// Expired items that were left at the last look; -1 before the first.
  long left() {
    return left;
  }

  @Override
  public void close() {
    looks.close();
  }
}
