package dev.partita.engine;

import org.jspecify.annotations.Nullable;

/// Reads of the item store. All keys are whole row keys, ordered by unsigned bytes. Each read sees
/// an image of its own; {@link #image} holds one for several.
public interface ItemReader extends Rows {

  /// The rows as they are now, for several reads that belong together; to be closed soon, since it
  /// keeps what is overwritten meanwhile.
  Image image();

  /// Tries memory only (memtables and block cache), for event loops.
  Cached getIfCached(byte[] rowKey);

  /// A value of the replica column family: positions, descriptors, the catalog. Null if absent.
  byte @Nullable [] meta(byte[] key);

  /// Rows of the replica column family in `[from, to)`, from one consistent image; to be closed.
  Cursor scanMeta(byte[] from, byte[] to);

  /// Entries of expiry indexes in `[from, to)`, from one consistent image; to be closed.
  Cursor scanExpiry(byte[] from, byte[] to);

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
}
