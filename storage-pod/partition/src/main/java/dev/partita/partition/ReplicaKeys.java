package dev.partita.partition;

import dev.partita.model.codec.ByteWriter;

/// Keys of replica states in the item store's replica column family: `p`, then the partition's id
/// as u64. Other letters belong to others.
final class ReplicaKeys {

  private static final int LETTER = 'p';
  private static final int KEY_BYTES = 9;

  private ReplicaKeys() {}

  static byte[] state(long partitionId) {
    ByteWriter out = new ByteWriter(KEY_BYTES);
    out.u8(LETTER);
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
