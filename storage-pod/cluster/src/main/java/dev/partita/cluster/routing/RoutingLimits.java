package dev.partita.cluster.routing;

/// Bounds of routing, in one place. Relations: an election takes up to about 2 seconds, so a
/// request that meets one finds the new leader well before its patience ends; an SDK waits longer
/// than that for an answer.
public final class RoutingLimits {

  /// From a write's arrival to its answer, in milliseconds.
  public static final long WRITE_PATIENCE_MILLIS = 5_000;

  /// From a read's arrival to its answer, in milliseconds.
  public static final long READ_PATIENCE_MILLIS = 5_000;

  /// One attempt of a read on another pod, in milliseconds: a read may be asked again elsewhere.
  public static final long READ_ATTEMPT_MILLIS = 1_000;

  /// Commands of a batch in one message to a partition's leader, in bytes: the last one may stick
  /// out. Far below a frame, so that other requests find their way between.
  public static final int MAX_BATCH_MESSAGE_BYTES = 2 << 20;

  /// What one partition gives of a batch of reads, in DynamoDB bytes: the item that passes it is
  /// the last.
  public static final long MAX_BATCH_READ_BYTES = 1 << 20;

  /// Reads of one batch that a partition has under way at once. What waits for the bound above is
  /// so many items at most.
  public static final int BATCH_READS_AT_ONCE = 16;

  /// The same for the part of a page that one partition holds: it may read a megabyte from disk.
  public static final long PAGE_ATTEMPT_MILLIS = 3_000;

  /// From a page's arrival to its end where it is not full by then, in milliseconds: it ends short
  /// at the next row that a client can name.
  public static final long PAGE_MILLIS = 5_000;

  /// From a page's arrival to its answer, in milliseconds. Below what SDKs wait for one, and below
  /// the front door's bound.
  public static final long PAGE_PATIENCE_MILLIS = 20_000;

  /// Answers of other pods up to this size are read where they arrive, in bytes; longer ones on
  /// threads of their own.
  public static final int SHORT_ANSWER_BYTES = 16 << 10;

  /// Leaders remembered for partitions that have no replica here.
  public static final int MAX_LEADER_HINTS = 65_536;

  private RoutingLimits() {}
}
