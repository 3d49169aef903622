package dev.partita.cluster.partitions;

import dev.partita.cluster.catalog.Catalog;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Runs {@link PartitionSet#reconcile} and {@link TableLifecycle#step} one round at a time: at once
/// when the catalog moved, again soon while something is on its way, and now and then in any case.
public final class Reconciler implements Catalog.Listener {

  /// First pause while something is on its way, in milliseconds; grows to the longest.
  private static final long SHORT_PAUSE_MILLIS = 5;

  private static final long LONGEST_SHORT_PAUSE_MILLIS = 100;

  /// Pause when nothing is on its way, in milliseconds.
  private static final long IDLE_PAUSE_MILLIS = 1_000;

  private final ScheduledExecutorService executor;
  private final Catalog catalog;
  private final PartitionSet partitions;
  private final TableLifecycle lifecycle;
  private final Consumer<Throwable> fatal;
  private final AtomicBoolean running = new AtomicBoolean();
  private volatile boolean again;
  private volatile boolean closed;
  private volatile long pauseMillis = SHORT_PAUSE_MILLIS;
  private @Nullable ScheduledFuture<?> next;

  /// @param executor where rounds run; may be blocked by the disk
  /// @param fatal told of a fault in a round
  public Reconciler(
      ScheduledExecutorService executor,
      Catalog catalog,
      PartitionSet partitions,
      TableLifecycle lifecycle,
      Consumer<Throwable> fatal) {
    this.executor = executor;
    this.catalog = catalog;
    this.partitions = partitions;
    this.lifecycle = lifecycle;
    this.fatal = fatal;
  }

  @Override
  public void catalogMoved() {
    again = true;
    pauseMillis = SHORT_PAUSE_MILLIS;
    start(0);
  }

  /// Starts no more rounds.
  public void close() {
    closed = true;
  }

  /// Appoints the next round, in place of one that is appointed already.
  private synchronized void start(long delayMillis) {
    if (closed) {
      return;
    }
    if (next != null) {
      next.cancel(false);
    }
    try {
      next = executor.schedule(this::round, delayMillis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException _) {
      // The pod closes.
      closed = true;
    }
  }

  private void round() {
    if (closed || !running.compareAndSet(false, true)) {
      return;
    }
    again = false;
    CompletableFuture<Boolean> moving;
    try {
      var _ = partitions.reconcile(catalog.state());
      moving = lifecycle.step();
    } catch (RuntimeException | Error e) {
      moving = CompletableFuture.failedFuture(e);
    }
    var _ =
        moving.whenComplete(
            (onTheWay, failure) -> {
              running.set(false);
              if (failure != null && !closed) {
                fatal.accept(failure);
              } else if (again) {
                start(0);
              } else if (failure == null && (onTheWay || !partitions.settled(catalog.state()))) {
                start(pauseMillis);
                pauseMillis = Math.min(LONGEST_SHORT_PAUSE_MILLIS, pauseMillis * 2);
              } else {
                start(IDLE_PAUSE_MILLIS);
              }
            });
  }
}
