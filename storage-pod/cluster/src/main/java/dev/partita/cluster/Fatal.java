package dev.partita.cluster;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the process, once, that the pod cannot keep its promises: on a thread of its own, since it
/// may be called by any thread of the pod and the process ends it.
///
/// A pod that closes has no promises left: what is under way then fails because the rest is gone.
final class Fatal implements Consumer<Throwable>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Fatal.class);

  private final Consumer<Throwable> handler;
  private final AtomicBoolean told = new AtomicBoolean();
  private volatile boolean closed;

  Fatal(Consumer<Throwable> handler) {
    this.handler = handler;
  }

  @Override
  public void accept(Throwable cause) {
    if (closed) {
      LOG.debug("failed while the pod closed", cause);
      return;
    }
    LOG.error("the pod cannot go on", cause);
    if (told.compareAndSet(false, true)) {
      Thread.ofPlatform().name("partita-fatal").start(() -> handler.accept(cause));
    }
  }

  /// Nothing is told any more.
  @Override
  public void close() {
    closed = true;
  }
}
