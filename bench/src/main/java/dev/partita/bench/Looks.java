package dev.partita.bench;

/// Looks at something again and again, from a thread of its own.
final class Looks implements AutoCloseable {

  private final Look look;
  private final long pauseMillis;
  private final Thread thread;
  private volatile boolean ended;

  /// One look.
  @FunctionalInterface
  interface Look {
    /// @return false when nothing more is to be seen
    boolean look() throws InterruptedException;
  }

  private Looks(String name, long pauseMillis, Look look) {
    this.look = look;
    this.pauseMillis = pauseMillis;
    this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
  }

  static Looks every(long pauseMillis, String name, Look look) {
    Looks looks = new Looks(name, pauseMillis, look);
    looks.thread.start();
    return looks;
  }

  private void run() {
    try {
      while (!ended && look.look()) {
        Thread.sleep(pauseMillis);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
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
