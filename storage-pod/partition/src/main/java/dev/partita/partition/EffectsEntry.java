package dev.partita.partition;

import dev.partita.model.codec.ByteReader;
import dev.partita.model.codec.ByteWriter;
import dev.partita.model.error.CorruptDataException;
import dev.partita.model.value.Bytes;
import java.util.ArrayList;
import java.util.List;

/// One log entry of a partition: what its leader decided, ready to be applied without looking at
/// anything. At most one effect per row: of several writes to one row in one entry the last wins.
///
/// ```
/// u8      format version: 1, or 2 where kinds above 2 are in it
/// u64     descriptor version under which it was decided
/// u64     turn: its number within its epoch, from 0
/// u64     hybrid timestamp
/// varint  number of effects, then each:
///   u8      kind: 1 put, 2 delete, 3 put of an index entry, 4 delete of an index entry,
///           5 record of a collection, 6 another time of expiry (codes are never used again)
///   varint  length of row key, row key
///   3, 4:   u8 number of the index
///   1 to 4: varint old size in DynamoDB bytes, 0 for no item or entry
///   1, 3:   varint new size in DynamoDB bytes
///           varint length of encoded attribute map, encoded attribute map
///   5:      u64 bytes of items, u64 bytes of index entries
///   6:      u64 when the item expired, in seconds since 1970
/// ```
///
/// An unknown kind stops the replica: it was written by a newer version, and passing over it would
/// make the replicas differ.
///
/// @param turn An entry is applied only in its turn. Should one be refused while a later one of the
///   same epoch is logged, then that was decided on an image that never came to be, and falls out
///   of turn.
record EffectsEntry(long descriptorVersion, long turn, long timestamp, List<Effect> effects) {

  private static final int PLAIN = 1;
  private static final int BESIDE = 2;
  private static final int PUT = 1;
  private static final int DELETE = 2;
  private static final int PUT_ENTRY = 3;
  private static final int DELETE_ENTRY = 4;
  private static final int SET_COLLECTION = 5;
  private static final int FORGET_EXPIRY = 6;

  /// What an entry takes beside its effects, and an effect beside its key and body, at most.
  static final int HEADER_BYTES = 30;

  private static final int FIXED_BYTES = 25;

  static final int EFFECT_OVERHEAD_BYTES = 22;

  EffectsEntry {
    effects = List.copyOf(effects);
  }

  byte[] encode() {
    int expected = FIXED_BYTES + varintBytes(effects.size());
    int format = PLAIN;
    for (Effect effect : effects) {
      expected += sizeOf(effect);
      format = Math.max(format, formatOf(effect));
    }
    ByteWriter out = new ByteWriter(expected);
    out.u8(format);
    out.u64(descriptorVersion);
    out.u64(turn);
    out.u64(timestamp);
    out.varint(effects.size());
    for (Effect effect : effects) {
      encode(effect, out);
    }
    return out.length() == out.unsafeArray().length ? out.unsafeArray() : out.toArray();
  }

  /// The lowest format that has the effect: a table without indexes is written as before there were
  /// any.
  private static int formatOf(Effect effect) {
    return switch (effect) {
      case Effect.Put _, Effect.Delete _ -> PLAIN;
      case Effect.PutEntry _, Effect.DeleteEntry _, Effect.SetCollection _, Effect.ForgetExpiry _ ->
          BESIDE;
    };
  }

  private static int sizeOf(Effect effect) {
    int size = 1 + prefixed(effect.rowKey());
    return switch (effect) {
      case Effect.Put put ->
          size + varintBytes(put.oldSize()) + varintBytes(put.newSize()) + prefixed(put.body());
      case Effect.Delete delete -> size + varintBytes(delete.oldSize());
      case Effect.PutEntry put ->
          size + 1 + varintBytes(put.oldSize()) + varintBytes(put.newSize()) + prefixed(put.body());
      case Effect.DeleteEntry delete -> size + 1 + varintBytes(delete.oldSize());
      case Effect.SetCollection _ -> size + 2 * Long.BYTES;
      case Effect.ForgetExpiry _ -> size + Long.BYTES;
    };
  }

  private static int prefixed(Bytes value) {
    return varintBytes(value.length()) + value.length();
  }

  /// Seven bits a byte.
  private static int varintBytes(int value) {
    return Math.max(1, (38 - Integer.numberOfLeadingZeros(value)) / 7);
  }

  private static void encode(Effect effect, ByteWriter out) {
    switch (effect) {
      case Effect.Put put -> {
        out.u8(PUT);
        out.bytes(put.rowKey());
        out.varint(put.oldSize());
        out.varint(put.newSize());
        out.bytes(put.body());
      }
      case Effect.Delete delete -> {
        out.u8(DELETE);
        out.bytes(delete.rowKey());
        out.varint(delete.oldSize());
      }
      case Effect.PutEntry put -> {
        out.u8(PUT_ENTRY);
        out.bytes(put.rowKey());
        out.u8(put.index());
        out.varint(put.oldSize());
        out.varint(put.newSize());
        out.bytes(put.body());
      }
      case Effect.DeleteEntry delete -> {
        out.u8(DELETE_ENTRY);
        out.bytes(delete.rowKey());
        out.u8(delete.index());
        out.varint(delete.oldSize());
      }
      case Effect.SetCollection set -> {
        out.u8(SET_COLLECTION);
        out.bytes(set.rowKey());
        out.u64(set.collection().itemBytes());
        out.u64(set.collection().entryBytes());
      }
      case Effect.ForgetExpiry forget -> {
        out.u8(FORGET_EXPIRY);
        out.bytes(forget.rowKey());
        out.u64(forget.seconds());
      }
    }
  }

  /// Throws {@link CorruptDataException} on anything that {@link #encode} does not write.
  static EffectsEntry decode(byte[] entry) {
    ByteReader in = new ByteReader(entry);
    int format = in.u8();
    if (format < PLAIN || format > BESIDE) {
      throw new CorruptDataException("unknown format of a partition's entry: " + format);
    }
    long descriptorVersion = in.u64();
    long turn = in.u64();
    long timestamp = in.u64();
    int count = in.count();
    List<Effect> effects = new ArrayList<>(Math.min(count, 1024));
    for (int i = 0; i < count; i++) {
      effects.add(decodeEffect(format, in));
    }
    in.done();
    return new EffectsEntry(descriptorVersion, turn, timestamp, effects);
  }

  private static Effect decodeEffect(int format, ByteReader in) {
    int kind = in.u8();
    if (format == PLAIN && kind > DELETE) {
      throw new CorruptDataException("an effect of kind " + kind + " in format " + format);
    }
    return switch (kind) {
      case PUT -> new Effect.Put(in.bytes(), in.varint(), in.varint(), in.bytes());
      case DELETE -> new Effect.Delete(in.bytes(), in.varint());
      case PUT_ENTRY ->
          new Effect.PutEntry(in.bytes(), in.u8(), in.varint(), in.varint(), in.bytes());
      case DELETE_ENTRY -> new Effect.DeleteEntry(in.bytes(), in.u8(), in.varint());
      case SET_COLLECTION ->
          new Effect.SetCollection(in.bytes(), new ItemCollection(in.u64(), in.u64()));
      case FORGET_EXPIRY -> new Effect.ForgetExpiry(in.bytes(), in.u64());
      default -> throw new CorruptDataException("unknown kind of effect: " + kind);
    };
  }
}
