package dev.partita.replication.microraft;

import java.util.Random;

/// How long one candidate waits for votes, in the core's milliseconds.
///
/// Each candidacy that brings no leader doubles the wait for the next one: where a vote's sync
/// takes longer than the wait, every vote would come too late for its term, again and again. A
/// random share keeps candidates apart, since the core's own noise is too small. Safety does not
/// depend on it: a vote counts for its term only, however long anybody waits.
///
/// Only on the group's lane.
final class Elections {
  /// The longest wait is so many times doubled: with the default timing 2 s, and as much again at
  /// random.
  static final int MAX_DOUBLINGS = 3;

  private final CoreView view;
  private final CoreTime time;
  private final Random random;
  private int failed;

  Elections(CoreView view, CoreTime time, Random random) {
    this.view = view;
    this.time = time;
    this.random = random;
  }

  /// The core begins to wait. Asking for pre-votes syncs nothing, so that only a candidate's waits
  /// grow.
  ///
  /// @param delay as the core has it
  long stretched(long delay) {
    int doublings = 0;
    if (view.isCandidate()) {
      doublings = Math.min(failed, MAX_DOUBLINGS);
      failed++;
    }
    long length = time.electionMillis() << doublings;
    return delay - time.electionMillis() + length + random.nextLong(length);
  }

  /// The end of a candidate's wait, which does nothing when that candidacy is over. The core itself
  /// would cut the wait of a later candidacy short.
  Runnable endOfWait(Runnable task) {
    if (!view.isCandidate()) {
      return task;
    }
    int term = view.term();
    return () -> {
      if (view.term() == term) {
        task.run();
      }
    };
  }

  /// Somebody leads.
  void leaderKnown() {
    failed = 0;
  }
}
