package dev.partita.replication;

/// Bounds of the replication layer, in one place.
public final class GroupLimits {

  /// One log entry, in bytes. A batch of effects is cut before it; one item write with its indexes
  /// stays far below it.
  public static final int MAX_ENTRY_BYTES = 4 << 20;

  /// Entries of one group that are logged but not committed, in entries.
  public static final int MAX_IN_FLIGHT_ENTRIES = 256;

  /// Entries of one group kept in memory behind its last snapshot mark, in entries.
  public static final int ENTRIES_PER_SNAPSHOT_MARK = 256;

  /// Strong reads of one group waiting for confirmation, in reads.
  public static final int MAX_WAITING_READS = 16_384;

  /// One piece of a streamed snapshot, in bytes.
  public static final int SNAPSHOT_PIECE_BYTES = 1 << 20;

  /// Snapshots that one pod sends at the same time.
  public static final int MAX_OUTGOING_SNAPSHOTS = 1;

  private GroupLimits() {}
}
