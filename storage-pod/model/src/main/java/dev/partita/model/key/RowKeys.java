package dev.partita.model.key;

import dev.partita.model.codec.ByteReader;
import dev.partita.model.codec.ByteWriter;
import dev.partita.model.error.CorruptDataException;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The keys of all rows, ordered without sign. They put a table's rows together, in it a partition
/// key's, in it the items by their sort key; so a partition is one contiguous range.
///
/// ```
/// table u32 | token u64 | partition key (KeyCode) | stretch u8 | …
///   stretch 10, items:          … sort key (KeyCode; nothing if the table has none) | kind u8
///                                 kind 01 the item, 02 its transaction marker
///   stretch 20, local indexes:  … number u8 | index sort key (KeyCode) | sort key (KeyCode; as
///                                 above) | kind u8: 01 the entry
///   stretch 30, the collection: … kind u8: 01 its record
/// ```
public final class RowKeys {

  /// Table ids are u32; the highest is kept free, so that every table has an end.
  public static final long MAX_TABLE_ID = 0xFFFF_FFFEL;

  static final int ITEM_STRETCH = 0x10;
  static final int LOCAL_INDEX_STRETCH = 0x20;
  static final int COLLECTION_STRETCH = 0x30;
  static final int ITEM_KIND = 0x01;
  static final int MARKER_KIND = 0x02;

  private static final int BEHIND = 0xFF;

  private static final int PREFIX_BYTES = 12;
  private static final int TOKEN_AT = 4;
  private static final int TYPICAL_BYTES = 96;

  private RowKeys() {}

  /// Key of an item's row.
  ///
  /// @param tableId 0 to `MAX_TABLE_ID`
  public static Bytes item(long tableId, PrimaryKey key) {
    ByteWriter out = partitionKey(tableId, key.hash());
    out.u8(ITEM_STRETCH);
    @Nullable AttributeValue range = key.range();
    if (range != null) {
      KeyCode.append(range, out);
    }
    out.u8(ITEM_KIND);
    return out.toBytes();
  }

  /// Key of an item's entry in a local index.
  ///
  /// @param number position among the table's local indexes
  /// @param indexSort value of the index's sort key: S, N or B
  public static Bytes localIndexEntry(
      long tableId, PrimaryKey key, int number, AttributeValue indexSort) {
    ByteWriter out = partitionKey(tableId, key.hash());
    stretch(new RowSource.LocalIndex(number), out);
    KeyCode.append(indexSort, out);
    @Nullable AttributeValue range = key.range();
    if (range != null) {
      KeyCode.append(range, out);
    }
    out.u8(ITEM_KIND);
    return out.toBytes();
  }

  /// Key of the record of an item collection: what all items of a partition key and their index
  /// entries take together.
  public static Bytes collection(long tableId, AttributeValue hash) {
    ByteWriter out = partitionKey(tableId, hash);
    out.u8(COLLECTION_STRETCH);
    out.u8(ITEM_KIND);
    return out.toBytes();
  }

  /// Key of the item that an entry of a local index belongs to.
  ///
  /// @param entry key of the entry
  public static Bytes itemOf(Bytes entry) {
    byte[] key = entry.unsafeArray();
    int stretch = KeyCode.end(key, PREFIX_BYTES);
    // Behind the stretch and the index's number.
    int sort = KeyCode.end(key, stretch + 2);
    ByteWriter out = new ByteWriter(key.length);
    out.raw(key, 0, stretch);
    out.u8(ITEM_STRETCH);
    out.raw(key, sort, key.length - sort);
    return out.toBytes();
  }

  /// The rows of a partition key that a source has within bounds, in the order of the sort key.
  ///
  /// @param hash value of the partition key
  public static KeyRange rows(
      long tableId, AttributeValue hash, RowSource source, SortBounds bounds) {
    ByteWriter out = partitionKey(tableId, hash);
    stretch(source, out);
    byte[] all = out.toArray();
    return switch (bounds) {
      case SortBounds.Between between ->
          new KeyRange(
              between.from() == null
                  ? Bytes.wrap(all)
                  : bound(all, between.from(), !between.fromInclusive()),
              between.to() == null
                  ? successor(all, all.length)
                  : bound(all, between.to(), between.toInclusive()));
      case SortBounds.Prefix(AttributeValue value) -> {
        KeyCode.appendPrefix(value, out);
        yield new KeyRange(out.toBytes(), successor(out.unsafeArray(), out.length()));
      }
    };
  }

  /// A place before, or behind, all rows with a value of the sort key.
  private static Bytes bound(byte[] stretch, AttributeValue value, boolean behind) {
    ByteWriter out = new ByteWriter(TYPICAL_BYTES);
    out.raw(stretch, 0, stretch.length);
    KeyCode.append(value, out);
    if (behind) {
      // Above every type of a further value and every kind of row.
      out.u8(BEHIND);
    }
    return out.toBytes();
  }

  /// The lowest key above all that begin with the given bytes, of which some are not FF.
  private static Bytes successor(byte[] prefix, int length) {
    int last = length - 1;
    while (prefix[last] == (byte) 0xFF) {
      last--;
    }
    byte[] next = Arrays.copyOf(prefix, last + 1);
    next[last]++;
    return Bytes.wrap(next);
  }

  /// The lowest key above another: where a walk goes on behind a row.
  public static Bytes behind(Bytes rowKey) {
    return Bytes.wrap(Arrays.copyOf(rowKey.unsafeArray(), rowKey.length() + 1));
  }

  /// Whether a key is that of a row of a source: not a marker, a record or a row of another source.
  /// Keys are those of stored rows.
  public static boolean isOf(RowSource source, byte[] rowKey) {
    if (rowKey[rowKey.length - 1] != ITEM_KIND) {
      return false;
    }
    int stretch = KeyCode.end(rowKey, PREFIX_BYTES);
    return switch (source) {
      case RowSource.Items _ -> rowKey[stretch] == ITEM_STRETCH;
      case RowSource.LocalIndex(int number) ->
          rowKey[stretch] == LOCAL_INDEX_STRETCH && (rowKey[stretch + 1] & 0xFF) == number;
    };
  }

  /// All rows of a source that share the partition key of a stored row.
  public static KeyRange around(byte[] rowKey, RowSource source) {
    ByteWriter out = new ByteWriter(rowKey.length + 2);
    out.raw(rowKey, 0, KeyCode.end(rowKey, PREFIX_BYTES));
    stretch(source, out);
    return new KeyRange(out.toBytes(), successor(out.unsafeArray(), out.length()));
  }

  /// The lowest key above all rows that share the partition key of a stored row.
  public static byte[] nextPartitionKey(byte[] rowKey) {
    return successor(rowKey, KeyCode.end(rowKey, PREFIX_BYTES)).unsafeArray();
  }

  /// What the key of an item or of an index entry says.
  ///
  /// @throws CorruptDataException if it is not one
  public static RowKey read(Bytes rowKey) {
    ByteReader in = new ByteReader(rowKey.unsafeArray());
    in.skip(PREFIX_BYTES);
    AttributeValue hash = KeyCode.read(in);
    int stretch = in.u8();
    RowSource source =
        switch (stretch) {
          case ITEM_STRETCH -> RowSource.Items.INSTANCE;
          case LOCAL_INDEX_STRETCH -> new RowSource.LocalIndex(in.u8());
          default -> throw new CorruptDataException("a row of stretch " + stretch);
        };
    AttributeValue indexSort = source instanceof RowSource.LocalIndex ? KeyCode.read(in) : null;
    AttributeValue sort = in.remaining() > 1 ? KeyCode.read(in) : null;
    int kind = in.u8();
    in.done();
    if (kind != ITEM_KIND) {
      throw new CorruptDataException("a row of kind " + kind);
    }
    return new RowKey(hash, source, indexSort, sort);
  }

  private static ByteWriter partitionKey(long tableId, AttributeValue hash) {
    ByteWriter out = new ByteWriter(TYPICAL_BYTES);
    out.u32(checked(tableId));
    out.u64(0);
    KeyCode.append(hash, out);
    out.putU64(TOKEN_AT, Tokens.of(out.unsafeArray(), PREFIX_BYTES, out.length() - PREFIX_BYTES));
    return out;
  }

  private static void stretch(RowSource source, ByteWriter out) {
    switch (source) {
      case RowSource.Items _ -> out.u8(ITEM_STRETCH);
      case RowSource.LocalIndex(int number) -> {
        out.u8(LOCAL_INDEX_STRETCH);
        out.u8(number);
      }
    }
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
    List<KeyRange> ranges = new ArrayList<>(parts);
    for (int i = 0; i < parts; i++) {
      ranges.add(even(tableId, parts, i));
    }
    return ranges;
  }

  /// One of the parts of equal width that a table's ring is cut into.
  ///
  /// @param parts how many, at least 1
  /// @param number from 0
  public static KeyRange even(long tableId, int parts, int number) {
    if (number < 0 || number >= parts) {
      throw new IllegalArgumentException("part " + number + " of " + parts);
    }
    // 2^64 / parts, rounded down; the last part takes what is left over. For one part the width is
    // 2^64 itself, and 0 is both its start and its end.
    long width = parts == 1 ? 0 : Long.divideUnsigned(-1L, parts);
    return tokens(tableId, width * number, number == parts - 1 ? 0 : width * (number + 1));
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
