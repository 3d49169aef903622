package dev.partita.operator.accesskey;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks through the pods' Secrets a little later, and again until it has worked once.
final class LateLooks {

  /// There is no hurry, and at a start there is much else to do.
  static final Duration FIRST = Duration.ofSeconds(5);

  static final Duration AGAIN = Duration.ofSeconds(30);

  private static final Logger log = LoggerFactory.getLogger(LateLooks.class);

  private final ScheduledExecutorService later;
  private final BiConsumer<String, String> look;

  /// @param look takes namespace and cluster
  LateLooks(ScheduledExecutorService later, BiConsumer<String, String> look) {
    this.later = later;
    this.look = look;
  }

  void at(String namespace, String cluster) {
    schedule(namespace, cluster, FIRST);
  }

  private void schedule(String namespace, String cluster, Duration delay) {
    var _ = later.schedule(() -> look(namespace, cluster), delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look(String namespace, String cluster) {
    try {
      look.accept(namespace, cluster);
    } catch (RuntimeException e) {
      if (later.isShutdown()) {
        return;
      }
      log.warn(
          "could not look for orphaned keys; trying again namespace={} cluster={} after={}",
          namespace,
          cluster,
          AGAIN,
          e);
      schedule(namespace, cluster, AGAIN);
    }
  }
}
