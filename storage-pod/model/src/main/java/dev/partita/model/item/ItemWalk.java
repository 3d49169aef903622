package dev.partita.model.item;

import dev.partita.model.codec.ByteReader;
import dev.partita.model.error.CorruptDataException;
import dev.partita.model.item.ItemVisitor.SetKind;
import dev.partita.model.value.Nesting;
import dev.partita.model.value.NumberCode;

/// Walks over the bytes of an item and tells a visitor. Total: garbage ends in {@link
/// CorruptDataException}, at the latest where it stops to make sense; the visitor may have heard of
/// a part by then. Whether strings are UTF-8 and names unique is not looked at.
final class ItemWalk {

  private ItemWalk() {}

  static void item(ByteReader in, ItemVisitor visitor) {
    int version = in.u8();
    if (version != ItemTags.VERSION) {
      throw new CorruptDataException("item of unknown version " + version);
    }
    entries(in, visitor, Nesting.MAX_LEVELS - 1);
    in.done();
  }

  /// @param levels how many lists and maps may lie in the value, in each other
  static void value(ByteReader in, ItemVisitor visitor, int levels) {
    tagged(in.u8(), in, visitor, levels);
  }

  private static void entries(ByteReader in, ItemVisitor visitor, int levels) {
    for (int mark = in.varint(); mark != ItemTags.END; mark = in.varint()) {
      visitor.name(in.array(), in.skip(mark - 1), mark - 1);
      tagged(in.u8(), in, visitor, levels);
    }
  }

  private static void tagged(int tag, ByteReader in, ItemVisitor visitor, int levels) {
    switch (tag) {
      case ItemTags.STRING -> {
        int length = in.count();
        visitor.string(in.array(), in.skip(length), length);
      }
      case ItemTags.NUMBER -> number(in, visitor);
      case ItemTags.BINARY -> {
        int length = in.count();
        visitor.binary(in.array(), in.skip(length), length);
      }
      case ItemTags.FALSE -> visitor.bool(false);
      case ItemTags.TRUE -> visitor.bool(true);
      case ItemTags.NULL -> visitor.nothing();
      case ItemTags.LIST -> {
        deeper(levels);
        visitor.startList();
        for (int next = in.u8(); next != ItemTags.END; next = in.u8()) {
          tagged(next, in, visitor, levels - 1);
        }
        visitor.endList();
      }
      case ItemTags.MAP -> {
        deeper(levels);
        visitor.startMap();
        entries(in, visitor, levels - 1);
        visitor.endMap();
      }
      case ItemTags.STRING_SET -> blobs(SetKind.STRINGS, in, visitor);
      case ItemTags.NUMBER_SET -> numbers(in, visitor);
      case ItemTags.BINARY_SET -> blobs(SetKind.BINARIES, in, visitor);
      default -> throw new CorruptDataException("unknown tag " + tag);
    }
  }

  private static void number(ByteReader in, ItemVisitor visitor) {
    int from = in.position();
    int length = NumberCode.end(in.array(), from, from + in.remaining()) - from;
    visitor.number(in.array(), in.skip(length), length);
  }

  private static void blobs(SetKind kind, ByteReader in, ItemVisitor visitor) {
    visitor.startSet(kind);
    int mark = in.varint();
    if (mark == ItemTags.END) {
      throw new CorruptDataException("empty set");
    }
    for (; mark != ItemTags.END; mark = in.varint()) {
      int from = in.skip(mark - 1);
      if (kind == SetKind.STRINGS) {
        visitor.string(in.array(), from, mark - 1);
      } else {
        visitor.binary(in.array(), from, mark - 1);
      }
    }
    visitor.endSet();
  }

  private static void numbers(ByteReader in, ItemVisitor visitor) {
    visitor.startSet(SetKind.NUMBERS);
    int mark = in.u8();
    if (mark == ItemTags.END) {
      throw new CorruptDataException("empty set");
    }
    for (; mark != ItemTags.END; mark = in.u8()) {
      if (mark != ItemTags.NUMBER) {
        throw new CorruptDataException("tag " + mark + " in a set of numbers");
      }
      number(in, visitor);
    }
    visitor.endSet();
  }

  private static void deeper(int levels) {
    if (levels == 0) {
      throw new CorruptDataException("lists and maps too deep in each other");
    }
  }
}
