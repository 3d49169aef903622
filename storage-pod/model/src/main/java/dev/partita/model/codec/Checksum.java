package dev.partita.model.codec;

import com.dynatrace.hash4j.hashing.HashStream64;
import com.dynatrace.hash4j.hashing.Hashing;

/// Sums up a sequence of byte strings in constant memory, to compare it with another: XXH3, 64
/// bits. Lengths count, so bytes that move from one string to its neighbour are noticed. For
/// comparison among living pods only; nothing keeps such a sum. Not thread-safe.
public final class Checksum {

  private final HashStream64 hash = Hashing.xxh3_64().hashStream();

  public void add(byte[] octets) {
    hash.putByteArray(octets);
  }

  public long value() {
    return hash.getAsLong();
  }
}
