package dev.partita.cluster;

/// Bounds of one pod that an operator may want to choose; all others are constants beside the code
/// they bound.
///
/// @param blockCacheBytes memory for blocks of the item store, in bytes
/// @param writeBufferBytes memory for rows that are not flushed to the disk, in bytes
/// @param gatheredBytes memory for what pages and batches have gathered from partitions, and for
///   long answers of other pods, in bytes: at least {@link #MIN_GATHERED_BYTES}
/// @param diskReserveBytes writes are refused while less than this is free on the data directory's
///   disk, in bytes
/// @param maxTables tables in the cluster (DynamoDB: 2,500 per account and region)
public record PodLimits(
    long blockCacheBytes,
    long writeBufferBytes,
    long gatheredBytes,
    long diskReserveBytes,
    int maxTables) {

  /// A page of the smallest items fits: 1 MB of items of 4 bytes takes 20 MB of the heap.
  public static final long MIN_GATHERED_BYTES = 32L << 20;

  public static final PodLimits DEFAULT =
      new PodLimits(64L << 20, 64L << 20, 64L << 20, 256L << 20, 2_500);

  public PodLimits {
    if (blockCacheBytes <= 0 || writeBufferBytes <= 0 || diskReserveBytes < 0 || maxTables <= 0) {
      throw new IllegalArgumentException("limits must be positive");
    }
    if (gatheredBytes < MIN_GATHERED_BYTES) {
      throw new IllegalArgumentException("no page fits into " + gatheredBytes + " bytes");
    }
  }

  /// The same but for memory.
  public PodLimits withMemory(long cacheBytes, long bufferBytes, long gathered) {
    return new PodLimits(cacheBytes, bufferBytes, gathered, diskReserveBytes, maxTables);
  }
}
