package dev.partita.engine;

import java.nio.file.Path;
import java.util.List;

/// Writes of the item store: atomic in memory, on disk with the next flush. There is no write-ahead
/// log here; the consensus log is the log.
public interface ItemWriter {

  /// Starts an atomic batch; to be closed, written or not.
  Batch batch();

  /// A batch of changes, used by one thread.
  interface Batch extends AutoCloseable {
    void put(byte[] rowKey, byte[] value);

    void delete(byte[] rowKey);

    void putMeta(byte[] key, byte[] value);

    void deleteMeta(byte[] key);

    /// Deletes all rows of `[from, to)`.
    void deleteRange(byte[] from, byte[] to);

    /// An entry of an expiry index.
    void putExpiry(byte[] key, byte[] value);

    void deleteExpiry(byte[] key);

    /// Deletes all entries of expiry indexes in `[from, to)`.
    void deleteExpiryRange(byte[] from, byte[] to);

    /// Applies everything at once.
    void write();

    @Override
    void close();
  }

  /// Replaces all rows of `[from, to)` by those of sorted-table files written with {@link
  /// ItemStore#newTableFile}, then puts the given meta value; survives a crash at any moment by
  /// being either undone or finished when the store opens again.
  void replaceRange(byte[] from, byte[] to, List<Path> files, byte[] metaKey, byte[] metaValue);

  /// Makes everything written before the call durable, all column families at one moment.
  void flush();
}
