package dev.partita.cluster;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the process, once, that the pod cannot keep its promises: on a thread of its own, since it
/// may be called by any thread of the pod and the process ends it.
final class Fatal implements Consumer<Throwable> {
  private static final Logger LOG = LoggerFactory.getLogger(Fatal.class);

  private final Consumer<Throwable> handler;
  private final AtomicBoolean told = new AtomicBoolean();

  Fatal(Consumer<Throwable> handler) {
    this.handler = handler;
  }

  @Override
  public void accept(Throwable cause) {
    LOG.error("the pod cannot go on", cause);
    if (told.compareAndSet(false, true)) {
      Thread.ofPlatform().name("partita-fatal").start(() -> handler.accept(cause));
    }
  }
}
