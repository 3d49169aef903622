package dev.partita.replication;

import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Lanes on virtual threads: a lane that has work owns one, an idle lane owns none, so that
/// hundreds of groups cost no threads and a lane that waits for the disk holds up nobody else. One
/// platform thread serves all timers.
public final class VirtualThreadScheduler implements Scheduler, AutoCloseable {

  private final ScheduledExecutorService timers =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("replication-timers").factory());

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public Lane lane(String name) {
    return new VirtualLane(name);
  }

  /// Stops the timers; tasks given to lanes still run.
  @Override
  public void close() {
    timers.shutdownNow();
  }

  private final class VirtualLane implements Lane {
    private final String name;
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    VirtualLane(String name) {
      this.name = name;
    }

    @Override
    public void execute(Runnable task) {
      tasks.add(task);
      if (waiting.getAndIncrement() == 0) {
        Thread.ofVirtual().name(name).start(this::drain);
      }
    }

    @Override
    public void schedule(Runnable task, Duration delay) {
      try {
        var _ =
            timers.schedule(
                () -> execute(task), Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
      } catch (RejectedExecutionException _) {
        // The scheduler is closed: nothing that was scheduled runs any more.
      }
    }

    @Override
    public int waiting() {
      return waiting.get();
    }

    /// Runs until the lane is empty. The counter goes down only after a task has run, so that no
    /// second thread can start beside this one.
    private void drain() {
      do {
        Runnable task = tasks.poll();
        if (task == null) {
          throw new IllegalStateException("lane " + name + " counts a task that is not there");
        }
        try {
          task.run();
        } catch (RuntimeException | Error e) {
          Thread thread = Thread.currentThread();
          thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
      } while (waiting.decrementAndGet() > 0);
    }
  }
}
