package dev.partita.engine;

/// What an item store holds at one moment.
///
/// @param memtableBytes rows that are not flushed, in bytes
/// @param cacheBytes memory taken by the block cache, memtables included, in bytes
/// @param fileBytes table files on disk, in bytes
/// @param pendingCompactionBytes bytes that compaction still has to rewrite, estimated
/// @param backgroundErrors failed flushes and compactions since the store was opened
public record ItemStoreReport(
    long memtableBytes,
    long cacheBytes,
    long fileBytes,
    long pendingCompactionBytes,
    long backgroundErrors) {}
