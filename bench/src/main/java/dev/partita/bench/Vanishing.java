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
  private final Thread thread;
  private volatile boolean ended;
  private volatile boolean over;
  private volatile long overNanos;
  private volatile long left = -1;

  private Vanishing(AdminPort admin, String table, long stay) {
    this.admin = admin;
    this.table = table;
    this.stay = stay;
    this.thread = Thread.ofPlatform().daemon().name("vanishing").unstarted(this::run);
  }

  static Vanishing watch(AdminPort admin, String table, long stay) {
    Vanishing vanishing = new Vanishing(admin, table, stay);
    vanishing.thread.start();
    return vanishing;
  }

  private void run() {
    try {
      while (!ended && !over) {
        look();
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() throws InterruptedException {
    try {
      left = Rest.items(admin, table) - stay;
      if (left <= 0) {
        overNanos = System.nanoTime();
        over = true;
      }
    } catch (IOException noAnswer) {
      log.warn("no count of {}: {}", table, noAnswer.toString());
    }
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
    ended = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
