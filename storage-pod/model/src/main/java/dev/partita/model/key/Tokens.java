package dev.partita.model.key;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.partita.model.codec.ByteWriter;
import dev.partita.model.value.AttributeValue;

/// The place of a partition key on the ring: a 64-bit hash of its {@link KeyCode}, ordered without
/// sign. XXH3 with the default secret and seed 0; it never changes, golden bytes hold it.
public final class Tokens {

  private static final Hasher64 HASH = Hashing.xxh3_64();
  private static final int TYPICAL_BYTES = 64;

  private Tokens() {}

  /// @param hash value of the partition key: S, N or B
  public static long of(AttributeValue hash) {
    ByteWriter out = new ByteWriter(TYPICAL_BYTES);
    KeyCode.append(hash, out);
    return of(out.unsafeArray(), 0, out.length());
  }

  static long of(byte[] octets, int offset, int length) {
    return HASH.hashBytesToLong(octets, offset, length);
  }
}
