package dev.partita.engine;

import org.jspecify.annotations.Nullable;

/// Reads of the item store. All keys are whole row keys, ordered by unsigned bytes.
public interface ItemReader {

  /// The value of a row, or null. May touch the disk: not for event loops.
  byte @Nullable [] get(byte[] rowKey);

  /// Tries memory only (memtables and block cache), for event loops.
  Cached getIfCached(byte[] rowKey);

  /// Rows of `[from, to)` in order, from one consistent image; to be closed.
  Cursor scan(byte[] from, byte[] to);

  /// A value of the replica column family: positions, descriptors, the catalog. Null if absent.
  byte @Nullable [] meta(byte[] key);

  /// Rows of the replica column family in `[from, to)`, from one consistent image; to be closed.
  Cursor scanMeta(byte[] from, byte[] to);

  /// Bytes that `[from, to)` takes on disk and in memtables, approximately.
  long approximateSize(byte[] from, byte[] to);

  /// Answer of {@link #getIfCached}.
  sealed interface Cached {
    /// @param value null where the row is known to be absent
    record Known(byte @Nullable [] value) implements Cached {
      public static final Known ABSENT = new Known(null);
    }

    /// Only the disk knows.
    record NeedsDisk() implements Cached {
      public static final NeedsDisk INSTANCE = new NeedsDisk();
    }
  }

  /// Walks rows; positioned before the first until {@link #next} is called.
  interface Cursor extends AutoCloseable {
    boolean next();

    byte[] key();

    byte[] value();

    @Override
    void close();
  }
}
