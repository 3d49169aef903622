package dev.partita.model.item;

import dev.partita.model.codec.ByteWriter;
import dev.partita.model.error.ApiException;
import dev.partita.model.error.AttributeTexts;
import dev.partita.model.item.ItemVisitor.SetKind;
import dev.partita.model.value.Bytes;
import dev.partita.model.value.DynamoNumber;
import dev.partita.model.value.ItemSize;
import dev.partita.model.value.Nesting;

/// Encodes an item attribute by attribute, in the order of an {@link ItemVisitor}'s calls, and
/// counts its size in DynamoDB bytes along. What is written is not checked for names that come
/// twice and sets that are empty or hold duplicates: the caller, who reads them from somewhere,
/// knows.
///
/// One writer encodes one item at a time: `finish` makes it ready for the next. Not for use by
/// several threads.
public final class ItemWriter {

  private final ByteWriter out;

  /// Kinds of the containers that are open, the item itself at the bottom.
  private final byte[] open = new byte[Nesting.MAX_LEVELS + 1];

  private int level;
  private int size;

  /// @param expected bytes of the encoding to make room for at first
  public ItemWriter(int expected) {
    this(new ByteWriter(expected));
    begin();
  }

  private ItemWriter(ByteWriter out) {
    this.out = out;
    open[0] = ItemTags.MAP;
  }

  /// A writer of single values behind what is there already.
  static ItemWriter appendingTo(ByteWriter out) {
    return new ItemWriter(out);
  }

  /// Size of what was written so far, in DynamoDB bytes.
  public int size() {
    return size;
  }

  /// Name of the next attribute or map entry.
  public void name(String name) {
    entry();
    size += out.stringOrEnd(name);
  }

  /// Name of the next attribute or map entry, in UTF-8.
  public void name(byte[] utf8, int offset, int length) {
    entry();
    out.varint(length + 1);
    out.raw(utf8, offset, length);
    size += length;
  }

  public void string(String value) {
    if (open[level] == ItemTags.STRING_SET) {
      size += out.stringOrEnd(value);
      return;
    }
    value(ItemTags.STRING);
    size += out.string(value);
  }

  /// A string in UTF-8.
  public void string(byte[] utf8, int offset, int length) {
    blob(ItemTags.STRING, ItemTags.STRING_SET, utf8, offset, length);
  }

  public void binary(byte[] octets, int offset, int length) {
    blob(ItemTags.BINARY, ItemTags.BINARY_SET, octets, offset, length);
  }

  public void binary(Bytes value) {
    binary(value.unsafeArray(), 0, value.length());
  }

  public void number(DynamoNumber value) {
    if (open[level] == ItemTags.NUMBER_SET) {
      out.u8(ItemTags.NUMBER);
    } else {
      value(ItemTags.NUMBER);
    }
    byte[] code = value.unsafeCode();
    out.raw(code, 0, code.length);
    size += value.size();
  }

  public void bool(boolean value) {
    value(value ? ItemTags.TRUE : ItemTags.FALSE);
    size++;
  }

  public void nothing() {
    value(ItemTags.NULL);
    size++;
  }

  /// @throws ApiException ValidationException if lists and maps lie too deep in each other
  public void startList() {
    start(ItemTags.LIST);
    size += ItemSize.CONTAINER_BYTES;
  }

  public void endList() {
    end(ItemTags.LIST);
  }

  /// @throws ApiException ValidationException if lists and maps lie too deep in each other
  public void startMap() {
    start(ItemTags.MAP);
    size += ItemSize.CONTAINER_BYTES;
  }

  public void endMap() {
    end(ItemTags.MAP);
  }

  public void startSet(SetKind kind) {
    int tag = tagOf(kind);
    value(tag);
    open[++level] = (byte) tag;
  }

  public void endSet() {
    int tag = open[level];
    if (tag != ItemTags.STRING_SET && tag != ItemTags.NUMBER_SET && tag != ItemTags.BINARY_SET) {
      throw new IllegalStateException("no set is open");
    }
    end(tag);
  }

  /// Ends the item.
  ///
  /// @return its encoding
  public Bytes finish() {
    if (level != 0) {
      throw new IllegalStateException(level + " containers are still open");
    }
    out.u8(ItemTags.END);
    Bytes item = out.toBytes();
    begin();
    return item;
  }

  /// Forgets what was written, ready for the next item.
  public void begin() {
    out.clear();
    out.u8(ItemTags.VERSION);
    level = 0;
    open[0] = ItemTags.MAP;
    size = 0;
  }

  static int tagOf(SetKind kind) {
    return switch (kind) {
      case STRINGS -> ItemTags.STRING_SET;
      case NUMBERS -> ItemTags.NUMBER_SET;
      case BINARIES -> ItemTags.BINARY_SET;
    };
  }

  private void blob(int tag, int setTag, byte[] octets, int offset, int length) {
    if (open[level] == setTag) {
      out.varint(length + 1);
      out.raw(octets, offset, length);
    } else {
      value(tag);
      out.bytes(octets, offset, length);
    }
    size += length;
  }

  private void entry() {
    if (open[level] != ItemTags.MAP) {
      throw new IllegalStateException("a name outside of a map");
    }
    if (level > 0) {
      size += ItemSize.ELEMENT_BYTES;
    }
  }

  private void value(int tag) {
    switch (open[level]) {
      case ItemTags.LIST -> size += ItemSize.ELEMENT_BYTES;
      case ItemTags.MAP -> {}
      default -> throw new IllegalStateException("a set holds members of its type only");
    }
    out.u8(tag);
  }

  private void start(int tag) {
    if (level + 1 >= Nesting.MAX_LEVELS) {
      throw ApiException.validation(AttributeTexts.TOO_DEEP);
    }
    value(tag);
    open[++level] = (byte) tag;
  }

  private void end(int tag) {
    if (level == 0 || open[level] != tag) {
      throw new IllegalStateException("the container to end is not the open one");
    }
    level--;
    out.u8(ItemTags.END);
  }
}
