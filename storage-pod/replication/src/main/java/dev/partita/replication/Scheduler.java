package dev.partita.replication;

import java.time.Duration;

/// Port: threads and monotonic time. Production runs lanes on virtual threads ({@link
/// VirtualThreadScheduler}); the simulation runs every lane of every pod in one thread, in virtual
/// time.
public interface Scheduler {

  /// Monotonic time in nanoseconds from an arbitrary origin, as {@link System#nanoTime}.
  long nanoTime();

  /// A new serial lane: its tasks run one at a time, each sees what the former did.
  ///
  /// @param name for diagnosis
  Lane lane(String name);

  /// Runs tasks one at a time, in the order in which they were given.
  interface Lane {

    /// Appends a task. Never runs it within this call. Thread-safe.
    void execute(Runnable task);

    /// Appends a task once a delay has passed. Thread-safe.
    void schedule(Runnable task, Duration delay);

    /// How many tasks wait now, without those whose delay has not passed.
    int waiting();
  }
}
