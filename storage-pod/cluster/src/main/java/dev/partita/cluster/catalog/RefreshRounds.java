package dev.partita.cluster.catalog;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets all who want the copy of the catalog refreshed share few rounds. Who comes while a round is
/// under way waits for the next: the leader may have named its index before he came, and this round
/// would prove too little. Thread-safe.
final class RefreshRounds {
  private static final Logger LOG = LoggerFactory.getLogger(RefreshRounds.class);

  /// Refreshes the copy once.
  interface Round {
    /// Must complete within a bounded time, with false or exceptionally if it did not succeed.
    CompletableFuture<Boolean> start();
  }

  private final Round round;
  private @Nullable CompletableFuture<Boolean> next;
  private boolean busy;

  RefreshRounds(Round round) {
    this.round = round;
  }

  /// Waits for a round that begins after this call.
  ///
  /// @return whether it succeeded; never fails
  CompletableFuture<Boolean> join() {
    CompletableFuture<Boolean> own;
    synchronized (this) {
      if (busy) {
        if (next == null) {
          next = new CompletableFuture<>();
        }
        return next.copy();
      }
      busy = true;
      own = new CompletableFuture<>();
    }
    CompletableFuture<Boolean> joined = own.copy();
    run(own);
    return joined;
  }

  private void run(CompletableFuture<Boolean> result) {
    CompletableFuture<Boolean> running;
    try {
      running = round.start();
    } catch (RuntimeException e) {
      running = CompletableFuture.failedFuture(e);
    }
    var _ =
        running.whenComplete(
            (done, failure) -> {
              if (failure != null) {
                LOG.warn("could not refresh the catalog", failure);
              }
              finish(result, failure == null && done);
            });
  }

  private void finish(CompletableFuture<Boolean> result, boolean done) {
    CompletableFuture<Boolean> following;
    synchronized (this) {
      following = next;
      next = null;
      busy = following != null;
    }
    if (following != null) {
      run(following);
    }
    result.complete(done);
  }
}
