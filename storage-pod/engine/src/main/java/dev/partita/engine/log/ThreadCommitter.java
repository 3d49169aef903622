package dev.partita.engine.log;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes the log on a thread of its own and keeps its files on a second one. Whoever flushes waits
/// without holding a carrier thread.
public final class ThreadCommitter implements Committer {

  private static final Logger LOG = LoggerFactory.getLogger(ThreadCommitter.class);

  /// How long stopping waits for a thread, in milliseconds: longer than any sync should take.
  private static final long STOP_WAIT_MILLIS = 30_000;

  private final long pollMillis;
  private final AtomicBoolean pending = new AtomicBoolean();
  private final AtomicBoolean upkeep = new AtomicBoolean();
  private volatile boolean stopping;
  private @Nullable Thread writer;
  private @Nullable Thread keeper;

  /// @param pollMillis maintenance happens at least so often
  public ThreadCommitter(long pollMillis) {
    this.pollMillis = pollMillis;
  }

  @Override
  public void start(Work work) {
    writer = Thread.ofPlatform().name("partita-log").daemon().unstarted(() -> write(work));
    keeper = Thread.ofPlatform().name("partita-log-keeper").daemon().unstarted(() -> keep(work));
    writer.start();
    keeper.start();
  }

  private void write(Work work) {
    while (!stopping) {
      if (pending.getAndSet(false)) {
        work.commit();
      } else {
        LockSupport.park(this);
      }
    }
  }

  private void keep(Work work) {
    while (!stopping) {
      upkeep.set(false);
      work.maintain();
      if (!upkeep.get() && !stopping) {
        LockSupport.parkNanos(this, pollMillis * 1_000_000);
      }
    }
  }

  @Override
  public void wake() {
    if (!pending.getAndSet(true)) {
      LockSupport.unpark(writer);
    }
  }

  @Override
  public void await(CompletableFuture<@Nullable Void> round) {
    round.join();
  }

  @Override
  public boolean maintain() {
    upkeep.set(true);
    LockSupport.unpark(keeper);
    return true;
  }

  @Override
  public void stop() {
    stopping = true;
    end(writer);
    end(keeper);
  }

  private static void end(@Nullable Thread thread) {
    if (thread == null) {
      return;
    }
    LockSupport.unpark(thread);
    try {
      thread.join(STOP_WAIT_MILLIS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      LOG.warn("{} did not end", thread.getName());
    }
  }
}
