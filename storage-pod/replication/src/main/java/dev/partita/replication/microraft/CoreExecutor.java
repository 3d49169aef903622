package dev.partita.replication.microraft;

import dev.partita.replication.Scheduler.Lane;
import io.microraft.executor.RaftNodeExecutor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Runs the core's tasks on the group's lane, as long as the replica lives.
final class CoreExecutor implements RaftNodeExecutor {
  private final Lane lane;
  private final Life life;
  private final CoreTime time;
  private final Elections elections;
  private final Runnable afterTask;

  /// The thread that is inside {@link #inline}; only that thread ever finds itself here.
  private volatile @Nullable Thread inlining;

  /// @param afterTask ends every task
  CoreExecutor(Lane lane, Life life, CoreTime time, Elections elections, Runnable afterTask) {
    this.lane = lane;
    this.life = life;
    this.time = time;
    this.elections = elections;
    this.afterTask = afterTask;
  }

  /// Runs `handOver` so that the one task it gives to {@link #execute} runs at once instead of
  /// being queued: between our look at the core's state and the core's own, nothing may happen.
  /// Only on the lane.
  void inline(Runnable handOver) {
    inlining = Thread.currentThread();
    try {
      handOver.run();
    } finally {
      inlining = null;
    }
  }

  @Override
  public void execute(Runnable task) {
    if (inlining == Thread.currentThread()) {
      inlining = null;
      guarded(task);
    } else {
      submit(task);
    }
  }

  @Override
  public void submit(Runnable task) {
    lane.execute(() -> guarded(task));
  }

  /// Scales the delay; an election's is prolonged, see {@link Elections}.
  @Override
  public void schedule(Runnable task, long delay, TimeUnit unit) {
    if (time.isElection(delay, unit)) {
      scheduleReal(elections.endOfWait(task), time.real(elections.stretched(delay), unit));
    } else {
      scheduleReal(task, time.real(delay, unit));
    }
  }

  /// Schedules by real time.
  void scheduleReal(Runnable task, Duration delay) {
    lane.schedule(() -> guarded(task), delay);
  }

  /// How many tasks wait.
  int waiting() {
    return lane.waiting();
  }

  private void guarded(Runnable task) {
    if (life.isOver()) {
      return;
    }
    try {
      task.run();
      afterTask.run();
    } catch (RuntimeException | Error e) {
      life.fail(e);
    }
  }
}
