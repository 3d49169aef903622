package dev.partita.replication.microraft;

import dev.partita.replication.Scheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;

/// Runs everything on the test's thread, and time only when it is told to.
final class ManualScheduler implements Scheduler {
  private record Delayed(long at, Runnable task) {}

  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final List<Delayed> delayed = new ArrayList<>();
  private long now;

  @Override
  public long nanoTime() {
    return now;
  }

  @Override
  public Lane lane(String name) {
    return new Lane() {
      @Override
      public void execute(Runnable task) {
        tasks.add(task);
      }

      @Override
      public void schedule(Runnable task, Duration delay) {
        delayed.add(new Delayed(now + delay.toNanos(), task));
      }

      @Override
      public int waiting() {
        return tasks.size();
      }
    };
  }

  /// Runs what is due until nothing is.
  void settle() {
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
  }

  /// Lets time pass, and runs what becomes due.
  void pass(Duration time) {
    settle();
    long end = now + time.toNanos();
    while (true) {
      List<Delayed> due =
          delayed.stream()
              .filter(d -> d.at() <= end)
              .sorted(Comparator.comparingLong(Delayed::at))
              .toList();
      if (due.isEmpty()) {
        now = end;
        return;
      }
      Delayed next = due.getFirst();
      delayed.remove(next);
      now = Math.max(now, next.at());
      tasks.add(next.task());
      settle();
    }
  }

  /// Lets time pass in which nothing runs: everything hangs.
  void passWithoutTasks(Duration time) {
    now += time.toNanos();
  }
}
