package dev.partita.model.key;

import dev.partita.model.codec.ByteWriter;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The keys of all rows, ordered without sign. They put a table's rows together, in it a partition
/// key's, in it the items by their sort key; so a partition is one contiguous range.
///
/// ```
/// table u32 | token u64 | partition key (KeyCode) | stretch u8 | …
///   stretch 10, items:          … sort key (KeyCode; nothing if the table has none) | kind u8
///                                 kind 01 the item, 02 its transaction marker
///   stretch 20, local indexes:  … reserved: index, index sort key, sort key
/// ```
public final class RowKeys {

  /// Table ids are u32; the highest is kept free, so that every table has an end.
  public static final long MAX_TABLE_ID = 0xFFFF_FFFEL;

  static final int ITEM_STRETCH = 0x10;
  static final int LOCAL_INDEX_STRETCH = 0x20;
  static final int ITEM_KIND = 0x01;
  static final int MARKER_KIND = 0x02;

  private static final int PREFIX_BYTES = 12;
  private static final int TOKEN_AT = 4;
  private static final int TYPICAL_BYTES = 96;

  private RowKeys() {}

  /// Key of an item's row.
  ///
  /// @param tableId 0 to `MAX_TABLE_ID`
  public static Bytes item(long tableId, PrimaryKey key) {
    ByteWriter out = new ByteWriter(TYPICAL_BYTES);
    out.u32(checked(tableId));
    out.u64(0);
    KeyCode.append(key.hash(), out);
    out.putU64(TOKEN_AT, Tokens.of(out.unsafeArray(), PREFIX_BYTES, out.length() - PREFIX_BYTES));
    out.u8(ITEM_STRETCH);
    @Nullable AttributeValue range = key.range();
    if (range != null) {
      KeyCode.append(range, out);
    }
    out.u8(ITEM_KIND);
    return out.toBytes();
  }

  /// All rows of a table.
  public static KeyRange table(long tableId) {
    return tokens(tableId, 0, 0);
  }

  /// All rows of a table whose tokens lie in `[from, to)`, compared without sign.
  ///
  /// @param toTokenExclusive 0 for the end of the ring
  public static KeyRange tokens(long tableId, long fromToken, long toTokenExclusive) {
    Bytes to =
        toTokenExclusive == 0
            ? bound(checked(tableId) + 1, 0)
            : bound(checked(tableId), toTokenExclusive);
    return new KeyRange(bound(checked(tableId), fromToken), to);
  }

  /// Cuts a table's ring into parts of equal width.
  ///
  /// @param parts how many, at least 1
  /// @return the ranges in order, covering the whole table
  public static List<KeyRange> even(long tableId, int parts) {
    if (parts < 1) {
      throw new IllegalArgumentException("a table has at least one partition, not " + parts);
    }
    // 2^64 / parts, rounded down; the last part takes what is left over. For one part the width is
    // 2^64 itself, and 0 is both its start and its end.
    long width = parts == 1 ? 0 : Long.divideUnsigned(-1L, parts);
    List<KeyRange> ranges = new ArrayList<>(parts);
    for (int i = 0; i < parts; i++) {
      ranges.add(tokens(tableId, width * i, i == parts - 1 ? 0 : width * (i + 1)));
    }
    return ranges;
  }

  private static Bytes bound(int tableId, long token) {
    ByteWriter out = new ByteWriter(PREFIX_BYTES);
    out.u32(tableId);
    if (token != 0) {
      out.u64(token);
    }
    return out.toBytes();
  }

  private static int checked(long tableId) {
    if (tableId < 0 || tableId > MAX_TABLE_ID) {
      throw new IllegalArgumentException("no table has the id " + tableId);
    }
    return (int) tableId;
  }
}
