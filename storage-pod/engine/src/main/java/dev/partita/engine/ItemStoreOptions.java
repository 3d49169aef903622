package dev.partita.engine;

/// Memory and disk bounds of an {@link ItemStore}. The defaults suit a laptop; a pod derives them
/// from its memory limit.
///
/// @param blockCacheBytes uncompressed blocks, indexes and filters kept in memory, in bytes
/// @param writeBufferBytes memtables of all column families together, in bytes; one and a half
///   times as much for as long as flushes lag
/// @param blockBytes size of one block of rows before compression, in bytes
/// @param backgroundJobs flushes and compactions at the same time
/// @param targetFileBytes size of one table file of the first level below the top, in bytes
/// @param bytesPerSync table files are handed to the disk in steps of so many bytes while they are
///   written, so that the log's syncs do not wait behind a whole file
public record ItemStoreOptions(
    long blockCacheBytes,
    long writeBufferBytes,
    int blockBytes,
    int backgroundJobs,
    long targetFileBytes,
    long bytesPerSync) {

  private static final long MIB = 1 << 20;

  public ItemStoreOptions {
    if (blockCacheBytes < MIB || writeBufferBytes < MIB || targetFileBytes < MIB) {
      throw new IllegalArgumentException("caches, buffers and files need at least 1 MiB each");
    }
    if (blockBytes < 1024 || backgroundJobs < 1 || bytesPerSync < 0) {
      throw new IllegalArgumentException(
          "no block size, job count or sync step: "
              + blockBytes
              + ", "
              + backgroundJobs
              + ", "
              + bytesPerSync);
    }
  }

  public static ItemStoreOptions defaults() {
    return new ItemStoreOptions(96 * MIB, 64 * MIB, 8 * 1024, 2, 32 * MIB, MIB);
  }

  public ItemStoreOptions withBlockCacheBytes(long bytes) {
    return new ItemStoreOptions(
        bytes, writeBufferBytes, blockBytes, backgroundJobs, targetFileBytes, bytesPerSync);
  }

  public ItemStoreOptions withWriteBufferBytes(long bytes) {
    return new ItemStoreOptions(
        blockCacheBytes, bytes, blockBytes, backgroundJobs, targetFileBytes, bytesPerSync);
  }
}
