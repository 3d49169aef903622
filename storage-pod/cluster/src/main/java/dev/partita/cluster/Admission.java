package dev.partita.cluster;

import dev.partita.cluster.peer.Acquaintances;
import dev.partita.cluster.peer.PeerNetwork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A new pod waits here until all others know its data, see {@link Acquaintances}.
final class Admission {
  private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

  private Admission() {}

  /// Completes when the pod may vote and acknowledge: if it ever came back without its data, every
  /// other pod would notice. At once for a pod that has been let in before, and for one that is
  /// alone.
  ///
  /// @param worker makes the admission durable
  static CompletableFuture<?> granted(
      Acquaintances acquaintances, PeerNetwork network, Executor worker) {
    if (acquaintances.joined()) {
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<@Nullable Void> met = network.metAll();
    if (!met.isDone()) {
      LOG.info("new here: takes part once every other pod has met it");
    }
    return met.thenRunAsync(() -> join(acquaintances), worker);
  }

  private static void join(Acquaintances acquaintances) {
    try {
      acquaintances.join();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot note that every other pod has met this one", e);
    }
  }
}
