package dev.partita.partition;

/// Bounds of one partition's replica. Those that belong to a format or to the arithmetic of another
/// bound are constants; the rest can be set, mostly so that tests reach them.
///
/// @param unansweredCommands write commands that a leader holds at once: queued, in flight or
///   waiting to be confirmed; one more is answered `Unavailable`
/// @param unansweredBytes bytes that those commands may hold, in bytes
/// @param entryCommands write commands in one log entry
/// @param entryBytes bytes of effects after which a log entry is closed, in bytes: the last item
///   may stick out. Small, because consensus keeps some entries in memory whatever their size
/// @param entriesInFlight log entries proposed and not yet applied: few, so that batches grow
/// @param snapshotFileBytes size after which a received snapshot goes on in the next table file, in
///   bytes
/// @param itemCollectionBytes what the items of one partition key and their index entries may grow
///   to on a table with local indexes, in DynamoDB bytes
public record PartitionLimits(
    int unansweredCommands,
    long unansweredBytes,
    int entryCommands,
    int entryBytes,
    int entriesInFlight,
    long snapshotFileBytes,
    long itemCollectionBytes) {

  /// DynamoDB's bound, in DynamoDB bytes.
  public static final long MAX_ITEM_COLLECTION_BYTES = 10L << 30;

  /// Rows that are looked at in one step of filling an expiry index: entries wait so long.
  static final int EXPIRY_FILL_ROWS = 500;

  /// Bytes of rows after which such a step ends, in bytes.
  static final long EXPIRY_FILL_BYTES = 1 << 20;

  /// What a command is taken to hold beside its values, in bytes.
  static final int COMMAND_OVERHEAD_BYTES = 512;

  public static final PartitionLimits DEFAULT =
      new PartitionLimits(8_192, 64L << 20, 1_024, 256 << 10, 4, 64L << 20);

  /// With DynamoDB's bound of an item collection.
  public PartitionLimits(
      int unansweredCommands,
      long unansweredBytes,
      int entryCommands,
      int entryBytes,
      int entriesInFlight,
      long snapshotFileBytes) {
    this(
        unansweredCommands,
        unansweredBytes,
        entryCommands,
        entryBytes,
        entriesInFlight,
        snapshotFileBytes,
        MAX_ITEM_COLLECTION_BYTES);
  }

  public PartitionLimits {
    if (unansweredCommands <= 0
        || unansweredBytes <= 0
        || entryCommands <= 0
        || entryBytes <= 0
        || entriesInFlight <= 0
        || snapshotFileBytes <= 0
        || itemCollectionBytes <= 0) {
      throw new IllegalArgumentException("every bound must be positive");
    }
  }
}
