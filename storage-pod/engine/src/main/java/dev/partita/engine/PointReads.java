package dev.partita.engine;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/// Reads of one row: through two direct buffers per platform thread, which costs one copy and one
/// allocation of the value's own size. Virtual threads come and go and get no buffers.
final class PointReads {

  /// Longest key that goes through the buffer, in bytes; above every key of ordinary length.
  private static final int KEY_BUFFER_BYTES = 8 << 10;

  /// Longest value that is read in one go, in bytes; longer ones are looked up a second time.
  private static final int VALUE_BUFFER_BYTES = 32 << 10;

  private static final ThreadLocal<Buffers> BUFFERS = ThreadLocal.withInitial(Buffers::new);

  private record Buffers(ByteBuffer key, ByteBuffer value) {
    Buffers() {
      this(
          ByteBuffer.allocateDirect(KEY_BUFFER_BYTES),
          ByteBuffer.allocateDirect(VALUE_BUFFER_BYTES));
    }
  }

  private final RocksDB db;

  PointReads(RocksDB db) {
    this.db = db;
  }

  byte @Nullable [] read(ColumnFamilyHandle family, ReadOptions options, byte[] key)
      throws RocksDBException {
    if (key.length > KEY_BUFFER_BYTES || Thread.currentThread().isVirtual()) {
      return db.get(family, options, key);
    }
    Buffers buffers = BUFFERS.get();
    ByteBuffer value = buffers.value.clear();
    int length = db.get(family, options, buffers.key.clear().put(key).flip(), value);
    if (length == RocksDB.NOT_FOUND) {
      return null;
    }
    if (length > VALUE_BUFFER_BYTES) {
      return db.get(family, options, key);
    }
    byte[] copy = new byte[length];
    value.get(0, copy);
    return copy;
  }
}
