package dev.partita.partition;

import dev.partita.model.codec.ByteReader;
import dev.partita.model.codec.ByteWriter;
import dev.partita.model.key.KeyRange;
import dev.partita.model.value.Bytes;

/// Keys of a replica's expiry index, ordered by time: `partition u64 | seconds u64 | row key`.
final class ExpiryKeys {

  private static final int PREFIX_BYTES = 2 * Long.BYTES;

  /// An item that was found to expire.
  ///
  /// @param seconds when, since 1970
  record Due(long seconds, Bytes rowKey) {}

  private ExpiryKeys() {}

  static byte[] of(long partitionId, long seconds, Bytes rowKey) {
    ByteWriter out = new ByteWriter(PREFIX_BYTES + rowKey.length());
    out.u64(partitionId);
    out.u64(seconds);
    out.raw(rowKey.unsafeArray(), 0, rowKey.length());
    return out.toArray();
  }

  /// What expires within `[from, to)`, in seconds since 1970.
  static KeyRange between(long partitionId, long from, long to) {
    return new KeyRange(prefix(partitionId, from), prefix(partitionId, to));
  }

  /// All of a replica.
  static KeyRange all(long partitionId) {
    return new KeyRange(prefix(partitionId, 0), prefix(partitionId + 1, 0));
  }

  private static Bytes prefix(long partitionId, long seconds) {
    return Bytes.wrap(of(partitionId, seconds, Bytes.EMPTY));
  }

  static Due read(byte[] key) {
    ByteReader in = new ByteReader(key);
    in.u64();
    long seconds = in.u64();
    return new Due(seconds, Bytes.copy(key, PREFIX_BYTES, key.length - PREFIX_BYTES));
  }
}
