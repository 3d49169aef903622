package dev.partita.replication.microraft;

/// What MicroRaft carries for us without looking at it.
sealed interface Operation {

  /// An operation that has its place in the log.
  sealed interface Logged extends Operation {}

  /// Opens an epoch: the first entry of every leadership. The log index it gets is the epoch.
  ///
  /// @param replica id of the replica that leads
  /// @param nonce drawn anew for every leadership, so that a leader knows its own mark
  record EpochMark(long replica, long nonce) implements Logged {}

  /// A proposed entry.
  ///
  /// @param epoch the epoch it was decided under; without effect in any other
  record Command(long epoch, byte[] payload) implements Logged {}

  /// Stands for the state at a log index where MicroRaft wants a snapshot: the state itself lives
  /// in the state machine and travels by {@link SnapshotFetch}.
  record SnapshotMark(long index) implements Operation {}

  /// A query without content: its answer is that the read index was confirmed.
  record ReadMark() implements Operation {
    static final ReadMark INSTANCE = new ReadMark();
  }
}
