package dev.partita.engine.log;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Writes the log on the thread that flushes, at once: everything happens in the order of the
/// calls. For simulations; the log is then to be used by one thread only.
public final class InlineCommitter implements Committer {

  private @Nullable Work work;

  @Override
  public void start(Work started) {
    work = started;
  }

  private Work work() {
    if (work == null) {
      throw new IllegalStateException("not started");
    }
    return work;
  }

  /// Does nothing: what is lazily buffered goes with the next flush.
  @Override
  public void wake() {}

  @Override
  public void await(CompletableFuture<@Nullable Void> round) {
    if (!round.isDone()) {
      work().commit();
      work().maintain();
    }
    if (!round.isDone()) {
      throw new IllegalStateException("a round was not part of its commit");
    }
    round.join();
  }

  @Override
  public boolean maintain() {
    work().maintain();
    return false;
  }

  @Override
  public void stop() {}
}
