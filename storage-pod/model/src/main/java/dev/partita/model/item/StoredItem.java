package dev.partita.model.item;

import dev.partita.model.codec.ByteReader;
import dev.partita.model.codec.ByteWriter;
import dev.partita.model.error.CorruptDataException;
import dev.partita.model.value.Bytes;

/// The value of an item's row: what must be known without decoding the item, then the item.
///
/// ```
/// version u8 (01) | region u16 | timestamp u64 | sequence u64 | size u32 | body (ItemCodec)
/// ```
///
/// Region 0 is the cluster's own; others come with replication between clusters.
///
/// @param header what is known about the last write
/// @param body the attributes, as an encoded attribute map
public record StoredItem(Header header, Bytes body) {

  /// Where the body starts.
  public static final int HEADER_BYTES = 23;

  private static final int VERSION = 1;
  private static final int OWN_REGION = 0;

  /// @param timestamp hybrid logical clock of the last write
  /// @param sequence sequence number of the last write, unique within the partition
  /// @param size of the item in DynamoDB bytes, keys included
  /// @param region where the last write was made
  public record Header(long timestamp, long sequence, int size, int region) {}

  public static byte[] encode(long timestamp, long sequence, int size, Bytes body) {
    ByteWriter out = new ByteWriter(HEADER_BYTES + body.length());
    out.u8(VERSION);
    out.u16(OWN_REGION);
    out.u64(timestamp);
    out.u64(sequence);
    out.u32(size);
    out.raw(body.unsafeArray(), 0, body.length());
    return out.length() == out.unsafeArray().length ? out.unsafeArray() : out.toArray();
  }

  /// Both parts; the body is not looked into.
  ///
  /// @throws CorruptDataException if the header is not one
  public static StoredItem decode(byte[] stored) {
    return new StoredItem(header(stored), body(stored));
  }

  /// @throws CorruptDataException if the header is not one
  public static Header header(byte[] stored) {
    ByteReader in = new ByteReader(stored);
    int version = in.u8();
    if (version != VERSION) {
      throw new CorruptDataException("stored item of unknown version " + version);
    }
    int region = in.u16();
    long timestamp = in.u64();
    long sequence = in.u64();
    int size = in.u32();
    if (size < 0) {
      throw new CorruptDataException("stored item of size " + size);
    }
    return new Header(timestamp, sequence, size, region);
  }

  /// A copy of the body; `ItemCodec` can also work on the slice from `HEADER_BYTES`.
  ///
  /// @throws CorruptDataException if there is none
  public static Bytes body(byte[] stored) {
    if (stored.length < HEADER_BYTES) {
      throw new CorruptDataException("stored item of " + stored.length + " bytes");
    }
    return Bytes.copy(stored, HEADER_BYTES, stored.length - HEADER_BYTES);
  }
}
