package dev.partita.simulation;

import dev.partita.replication.Scheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Threads and time of one process: ends with it, stands still when it is paused, and its clock
/// runs a little wrong.
final class SimulatedScheduler implements Scheduler {
  /// Longest time a task waits for its processor, in nanoseconds.
  private static final long MAX_DISPATCH_NANOS = 100_000;

  private final World world;
  private final String pod;
  private final double clockRate;
  private final long clockOffset;
  private final Runnable afterTask;
  private final BooleanSupplier alive;
  private long pausedUntil;
  private long heldUpNanos;
  private long spentNanos;

  /// @param clockRate e.g. 1.02 for a clock that is two percent fast
  /// @param alive whether the process still runs
  /// @param afterTask called after every task
  SimulatedScheduler(
      World world, String pod, double clockRate, BooleanSupplier alive, Runnable afterTask) {
    this.world = world;
    this.pod = pod;
    this.clockRate = clockRate;
    this.clockOffset = world.random.nextLong(1L << 40);
    this.alive = alive;
    this.afterTask = afterTask;
  }

  void pauseFor(long nanos) {
    pausedUntil = Math.max(pausedUntil, world.now() + nanos);
  }

  /// Calls on a thread that loses its processor just before it hands anything to a lane, for so
  /// long.
  <T> T heldUp(long nanos, Supplier<T> call) {
    heldUpNanos = nanos;
    try {
      return call.get();
    } finally {
      heldUpNanos = 0;
    }
  }

  /// The task that runs waits for so long, so to speak: it has done everything at once, but what it
  /// sends afterwards is sent later, and its lane does nothing else meanwhile.
  void spend(long nanos) {
    spentNanos += nanos;
  }

  /// How long the task that runs has waited by now.
  long spent() {
    return spentNanos;
  }

  @Override
  public long nanoTime() {
    return clockOffset + (long) ((world.now() + spentNanos) * clockRate);
  }

  @Override
  public Lane lane(String name) {
    return new SimulatedLane(pod + "/" + name);
  }

  private final class SimulatedLane implements Lane {
    private final String name;
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private boolean dispatched;

    SimulatedLane(String name) {
      this.name = name;
    }

    @Override
    public void execute(Runnable task) {
      if (heldUpNanos > 0) {
        world.after(heldUpNanos, name, () -> executeWhileAlive(task));
        return;
      }
      tasks.add(task);
      if (!dispatched) {
        dispatch();
      }
    }

    private void dispatch() {
      dispatched = true;
      long paused = Math.max(0, pausedUntil - world.now());
      world.after(paused + world.random.nextLong(MAX_DISPATCH_NANOS), name, this::run);
    }

    private void run() {
      if (!alive.getAsBoolean()) {
        return;
      }
      if (world.now() < pausedUntil) {
        dispatch();
        return;
      }
      Runnable task = tasks.remove();
      spentNanos = 0;
      task.run();
      afterTask.run();
      long spent = spentNanos;
      spentNanos = 0;
      if (spent == 0) {
        next();
      } else {
        world.after(spent, name, this::next);
      }
    }

    private void next() {
      dispatched = false;
      if (!tasks.isEmpty()) {
        dispatch();
      }
    }

    @Override
    public void schedule(Runnable task, Duration delay) {
      world.after(
          spentNanos + (long) (delay.toNanos() / clockRate), name, () -> executeWhileAlive(task));
    }

    private void executeWhileAlive(Runnable task) {
      if (alive.getAsBoolean()) {
        execute(task);
      }
    }

    @Override
    public int waiting() {
      return tasks.size();
    }
  }
}
