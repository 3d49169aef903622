package dev.partita.partition;

import dev.partita.model.codec.ByteReader;
import dev.partita.model.codec.ByteWriter;
import dev.partita.model.error.CorruptDataException;
import org.jspecify.annotations.Nullable;

/// How much all items of one partition key and their index entries take: kept as a row of its own
/// on tables with local indexes, where DynamoDB bounds it and tells it.
///
/// ```
/// u8 version 01 | u64 bytes of items | u64 bytes of index entries
/// ```
///
/// @param itemBytes in DynamoDB bytes
/// @param entryBytes in DynamoDB bytes
record ItemCollection(long itemBytes, long entryBytes) {

  static final ItemCollection EMPTY = new ItemCollection(0, 0);

  /// What the encoding takes, in bytes.
  static final int ENCODED_BYTES = 17;

  private static final int VERSION = 1;

  ItemCollection {
    if (itemBytes < 0 || entryBytes < 0) {
      throw new CorruptDataException("a collection of " + itemBytes + " and " + entryBytes);
    }
  }

  /// In DynamoDB bytes.
  long bytes() {
    return itemBytes + entryBytes;
  }

  ItemCollection plus(long moreItemBytes, long moreEntryBytes) {
    return new ItemCollection(itemBytes + moreItemBytes, entryBytes + moreEntryBytes);
  }

  byte[] encode() {
    ByteWriter out = new ByteWriter(ENCODED_BYTES);
    out.u8(VERSION);
    out.u64(itemBytes);
    out.u64(entryBytes);
    return out.toArray();
  }

  /// @param stored as a row's value; null where there is none, which is the empty collection
  /// @throws CorruptDataException on anything that {@link #encode} does not write
  static ItemCollection ofStored(byte @Nullable [] stored) {
    if (stored == null) {
      return EMPTY;
    }
    ByteReader in = new ByteReader(stored);
    int version = in.u8();
    if (version != VERSION) {
      throw new CorruptDataException("record of a collection of unknown version " + version);
    }
    ItemCollection collection = new ItemCollection(in.u64(), in.u64());
    in.done();
    return collection;
  }
}
