package dev.partita.e2e.chaos;

/// One deed of the nemesis.
///
/// @param pod the pod that is harmed, or the first of them
/// @param millis how long it is gone, in milliseconds, not counting what starting takes
record Fault(Kind kind, int pod, int millis) {

  /// A follower calls an election after this much silence at the least, in milliseconds (the pods'
  /// heartbeat times the heartbeats that may be missed); a new leader stands at {@link
  /// #ELECTED_MILLIS} at the latest, if nothing else is wrong.
  static final int SILENCE_MILLIS = 1_000;

  static final int ELECTED_MILLIS = 1_800;

  enum Kind {
    /// `kill -9` and start.
    KILL(0, 2_500),
    /// Asked to end, which hands leaderships away, and started again.
    RESTART(0, 500),
    /// SIGSTOP for less time than it takes to be missed.
    SHORT_STOP(100, SILENCE_MILLIS * 7 / 10),
    /// SIGSTOP until others lead; then it wakes up and does not know yet.
    LONG_STOP(ELECTED_MILLIS + 200, 4_500),
    /// SIGSTOP of two: the third has no quorum.
    STOP_TWO(500, 3_000),
    /// `kill -9` of two.
    KILL_TWO(0, 1_500),
    /// `kill -9` of all three.
    KILL_ALL(0, 500);

    final int leastMillis;
    final int mostMillis;

    Kind(int leastMillis, int mostMillis) {
      this.leastMillis = leastMillis;
      this.mostMillis = mostMillis;
    }
  }
}
