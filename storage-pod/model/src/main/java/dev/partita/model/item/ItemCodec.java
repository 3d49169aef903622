package dev.partita.model.item;

import dev.partita.model.codec.ByteReader;
import dev.partita.model.codec.ByteWriter;
import dev.partita.model.error.ApiException;
import dev.partita.model.error.CorruptDataException;
import dev.partita.model.item.ItemVisitor.SetKind;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.Bytes;
import dev.partita.model.value.DynamoNumber;
import dev.partita.model.value.Nesting;
import java.util.Map;

/// The encoded attribute map: what is stored of an item, and what travels between pods.
///
/// ```
/// item     = version (01)  entry*  00
/// entry    = varint (length of name + 1)  name in UTF-8  value
/// value    = 01 varint length  UTF-8                         S
///          | 02 number code                                  N   see NumberCode
///          | 03 varint length  bytes                         B
///          | 04 | 05                                         BOOL false, true
///          | 06                                              NULL
///          | 07 value*  00                                   L
///          | 08 entry*  00                                   M
///          | 09 (varint (length + 1)  UTF-8)+  00            SS
///          | 0A (02 number code)+  00                        NS
///          | 0B (varint (length + 1)  bytes)+  00            BS
/// ```
///
/// Varints are unsigned LEB128 in their shortest form. Containers end with 00 and carry no count,
/// so that an item can be written while it is read. Entries keep the order in which the client sent
/// them. Decoding is total: bytes that are not an item end in {@link CorruptDataException}.
public final class ItemCodec {

  private static final int TYPICAL_BYTES = 1_280;

  private ItemCodec() {}

  /// @throws ApiException ValidationException if lists and maps lie too deep in each other
  public static Bytes encode(Map<String, AttributeValue> item) {
    ItemWriter writer = new ItemWriter(TYPICAL_BYTES);
    write(item, writer);
    return writer.finish();
  }

  /// Feeds all attributes to a writer, which then also knows the item's size.
  ///
  /// @throws ApiException ValidationException if lists and maps lie too deep in each other
  public static void write(Map<String, AttributeValue> item, ItemWriter writer) {
    for (Map.Entry<String, AttributeValue> entry : item.entrySet()) {
      writer.name(entry.getKey());
      write(entry.getValue(), writer);
    }
  }

  /// @return the attributes in stored order; the caller's own
  /// @throws CorruptDataException if the bytes are not an item
  public static Map<String, AttributeValue> decode(Bytes body) {
    return decode(body.unsafeArray(), 0, body.length());
  }

  /// Decodes a slice; otherwise as `decode(Bytes)`.
  public static Map<String, AttributeValue> decode(byte[] octets, int offset, int length) {
    ByteReader in = new ByteReader(octets, offset, length);
    int version = in.u8();
    if (version != ItemTags.VERSION) {
      throw new CorruptDataException("item of unknown version " + version);
    }
    Map<String, AttributeValue> item = ItemTree.entries(in, Nesting.MAX_LEVELS - 1);
    in.done();
    return item;
  }

  /// Tells a visitor everything in stored order, without building values.
  ///
  /// @throws CorruptDataException if the bytes are not an item; the visitor may have heard of a
  ///   part
  public static void walk(Bytes body, ItemVisitor visitor) {
    walk(body.unsafeArray(), 0, body.length(), visitor);
  }

  /// Walks a slice; otherwise as `walk(Bytes, …)`.
  public static void walk(byte[] octets, int offset, int length, ItemVisitor visitor) {
    ItemWalk.item(new ByteReader(octets, offset, length), visitor);
  }

  /// Appends one value, as part of another format.
  ///
  /// @throws ApiException ValidationException if lists and maps lie too deep in each other
  public static void writeValue(AttributeValue value, ByteWriter out) {
    ItemWriter writer = ItemWriter.appendingTo(out);
    write(value, writer);
  }

  /// Reads what `writeValue` wrote.
  ///
  /// @throws CorruptDataException if no value follows
  public static AttributeValue readValue(ByteReader in) {
    return ItemTree.value(in.u8(), in, Nesting.MAX_LEVELS - 1);
  }

  private static void write(AttributeValue value, ItemWriter writer) {
    switch (value) {
      case AttributeValue.S s -> writer.string(s.value());
      case AttributeValue.N n -> writer.number(n.value());
      case AttributeValue.B b -> writer.binary(b.value());
      case AttributeValue.Bool b -> writer.bool(b.value());
      case AttributeValue.Null _ -> writer.nothing();
      case AttributeValue.L list -> {
        writer.startList();
        for (AttributeValue element : list.values()) {
          write(element, writer);
        }
        writer.endList();
      }
      case AttributeValue.M map -> {
        writer.startMap();
        write(map.values(), writer);
        writer.endMap();
      }
      case AttributeValue.SS set -> {
        writer.startSet(SetKind.STRINGS);
        for (String member : set.values()) {
          writer.string(member);
        }
        writer.endSet();
      }
      case AttributeValue.NS set -> {
        writer.startSet(SetKind.NUMBERS);
        for (DynamoNumber member : set.values()) {
          writer.number(member);
        }
        writer.endSet();
      }
      case AttributeValue.BS set -> {
        writer.startSet(SetKind.BINARIES);
        for (Bytes member : set.values()) {
          writer.binary(member);
        }
        writer.endSet();
      }
    }
  }
}
