package dev.partita.partition;

import dev.partita.model.codec.ByteWriter;

/// Keys of what replicas know of themselves in the item store's replica column family: a letter,
/// then the partition's id as u64. `p` is a replica's state, `e` how far its expiry index is. Other
/// letters belong to others.
final class ReplicaKeys {

  private static final int LETTER = 'p';
  private static final int EXPIRY_LETTER = 'e';
  private static final int KEY_BYTES = 9;

  private ReplicaKeys() {}

  static byte[] state(long partitionId) {
    return key(LETTER, partitionId);
  }

  static byte[] expiry(long partitionId) {
    return key(EXPIRY_LETTER, partitionId);
  }

  private static byte[] key(int letter, long partitionId) {
    ByteWriter out = new ByteWriter(KEY_BYTES);
    out.u8(letter);
    out.u64(partitionId);
    return out.toArray();
  }

  /// Lower bound of all states.
  static byte[] from() {
    return new byte[] {LETTER};
  }

  /// Upper bound of all states, not included.
  static byte[] to() {
    return new byte[] {LETTER + 1};
  }
}
