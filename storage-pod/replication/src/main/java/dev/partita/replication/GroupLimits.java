package dev.partita.replication;

/// Bounds of the replication layer, in one place.
public final class GroupLimits {

  /// One log entry, in bytes. A batch of effects is cut before it; one item write with its indexes
  /// stays far below it.
  public static final int MAX_ENTRY_BYTES = 4 << 20;

  /// Entries of one group that are logged but not committed, in entries.
  public static final int MAX_IN_FLIGHT_ENTRIES = 256;

  /// Payload of one group's entries that are logged but not committed, in bytes.
  public static final int MAX_IN_FLIGHT_BYTES = 16 << 20;

  /// Entries that one message carries, in bytes; a single entry may be larger.
  public static final int APPEND_BATCH_BYTES = 1 << 20;

  /// The longest message given to {@link Transport#send}, in bytes.
  public static final int MAX_MESSAGE_BYTES = MAX_ENTRY_BYTES + APPEND_BATCH_BYTES + (64 << 10);

  /// Messages to one group that wait for its executor; more are dropped as if lost.
  public static final int MAX_WAITING_MESSAGES = 4_096;

  /// Entries of one group kept in memory behind its last snapshot mark, in entries. The core keeps
  /// a tenth of that before the mark, too, and a mark that is asked for may have to wait for twice
  /// as many; so this is small.
  public static final int ENTRIES_PER_SNAPSHOT_MARK = 64;

  /// Applied entries of one group kept in memory behind its last snapshot mark, in bytes; beyond, a
  /// mark is taken as soon as there is a place for it.
  public static final int MAX_BYTES_PER_SNAPSHOT_MARK = 8 << 20;

  /// The same for all groups of a pod, as one part of so many of the heap; see {@link
  /// #RECENT_PART_OF_HEAP}.
  public static final int UNMARKED_PART_OF_HEAP = 16;

  /// What every group may keep behind its last snapshot mark, however many there are, in bytes:
  /// each mark costs a sync.
  public static final int MIN_BYTES_PER_SNAPSHOT_MARK = 256 << 10;

  /// Applied entries of one group kept in memory for followers that are a little behind, in
  /// entries.
  public static final int MAX_RECENT_ENTRIES = 8_192;

  /// The same, in bytes.
  public static final int MAX_RECENT_BYTES = 8 << 20;

  /// The same for all groups of a pod, as one part of so many of the heap. Groups that had their
  /// share before there were too many may keep as much again.
  public static final int RECENT_PART_OF_HEAP = 16;

  /// Strong reads of one group waiting for confirmation, in reads.
  public static final int MAX_WAITING_READS = 16_384;

  /// One piece of a streamed snapshot, in bytes.
  public static final int SNAPSHOT_PIECE_BYTES = 1 << 20;

  /// Snapshots that one pod sends at the same time.
  public static final int MAX_OUTGOING_SNAPSHOTS = 1;

  /// Entries kept for a receiver while an image is sent to it, and by it until they reach the
  /// leader's mark, in bytes; beyond, the transfer begins anew.
  public static final int MAX_SNAPSHOT_TAIL_BYTES = 64 << 20;

  /// Requests and pieces of snapshots that wait for the pod's snapshot lane; more are dropped.
  public static final int MAX_WAITING_SNAPSHOT_MESSAGES = 64;

  /// Silence of the receiver after which a snapshot's sender gives up, in milliseconds.
  public static final int SNAPSHOT_IDLE_MILLIS = 10_000;

  /// Time a receiver waits for a piece before it asks again, in milliseconds.
  public static final int SNAPSHOT_RETRY_MILLIS = 1_000;

  /// Requests for the same piece after which a receiver gives up; the leader's next message starts
  /// over.
  public static final int SNAPSHOT_TRIES = 8;

  /// Time a complete image waits to be installed before it is thrown away, in milliseconds.
  public static final int SNAPSHOT_STAGED_MILLIS = 60_000;

  private GroupLimits() {}
}
