package dev.partita.model.command;

import dev.partita.model.codec.ByteReader;
import dev.partita.model.codec.ByteWriter;
import dev.partita.model.codec.Versioned;
import dev.partita.model.error.CorruptDataException;
import dev.partita.model.expression.Condition;
import dev.partita.model.expression.Path;
import dev.partita.model.key.KeyRange;
import dev.partita.model.key.RowSource;
import dev.partita.model.value.Bytes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads of pages and their outcomes, on their way between pods. Decoding is total, as in {@link
/// CommandCodec}.
///
/// ```
/// read     = 01  table u64  from bytes  to bytes  forward bool  optional(after bytes)
///            source u8 (00 items, 01 a local index: number u8)  wholeItems bool
///            limit varint  bytes varint  optional(condition)  optional(list(path))  countOnly bool
/// outcome  = 01 kind …
///            01 rows optional(last bytes)     Page
///            02 rows at bytes                 Paused
///            03 string                        Unavailable
/// rows     = list(item bytes)  matched varint  evaluated varint  read u64  fetch units u64
///            optional(last bytes)
/// ```
public final class PageCodec {

  private static final int VERSION = 1;

  /// Bytes of rows besides their items, and of an item besides its own, at most.
  private static final int OVERHEAD_BYTES = 256;

  private static final int ITEM_OVERHEAD_BYTES = 5;

  private PageCodec() {}

  public static byte[] encode(PageRead read) {
    return Versioned.encode(VERSION, read, PageCodec::write);
  }

  /// @throws CorruptDataException if the bytes are not a read of a page
  public static PageRead decodeRead(byte[] octets) {
    return Versioned.decode(VERSION, octets, PageCodec::readRead);
  }

  public static byte[] encode(PageOutcome outcome) {
    ByteWriter out = new ByteWriter(OVERHEAD_BYTES + itemBytes(outcome));
    out.u8(VERSION);
    write(outcome, out);
    return out.toArray();
  }

  /// @throws CorruptDataException if the bytes are not the outcome of such a read
  public static PageOutcome decodeOutcome(byte[] octets) {
    return Versioned.decode(VERSION, octets, PageCodec::readOutcome);
  }

  private static int itemBytes(PageOutcome outcome) {
    PageOutcome.Rows rows =
        switch (outcome) {
          case PageOutcome.Page page -> page.rows();
          case PageOutcome.Paused paused -> paused.rows();
          case PageOutcome.Unavailable _ -> PageOutcome.Rows.NONE;
        };
    int bytes = 0;
    for (Bytes item : rows.items()) {
      bytes += item.length() + ITEM_OVERHEAD_BYTES;
    }
    return bytes;
  }

  private static void write(PageRead read, ByteWriter out) {
    out.u64(read.tableId());
    out.bytes(read.range().from());
    out.bytes(read.range().to());
    out.bool(read.forward());
    writeOptional(read.after(), out);
    switch (read.source()) {
      case RowSource.Items _ -> out.u8(0);
      case RowSource.LocalIndex(int number) -> {
        out.u8(1);
        out.u8(number);
      }
    }
    out.bool(read.wholeItems());
    out.varint(read.limit());
    out.varint(read.bytes());
    Condition filter = read.filter();
    out.bool(filter != null);
    if (filter != null) {
      ExpressionCodec.write(filter, out);
    }
    List<Path> projection = read.projection();
    out.bool(projection != null);
    if (projection != null) {
      ExpressionCodec.writeList(projection, out, ExpressionCodec::write);
    }
    out.bool(read.countOnly());
  }

  private static PageRead readRead(ByteReader in) {
    long table = in.u64();
    Bytes from = in.bytes();
    Bytes to = in.bytes();
    if (from.compareTo(to) >= 0) {
      throw new CorruptDataException("a page of an empty range");
    }
    boolean forward = in.bool();
    Bytes after = readOptional(in);
    RowSource source = readSource(in);
    boolean wholeItems = in.bool();
    int limit = in.varint();
    int bytes = in.varint();
    if (limit < 1 || bytes < 1) {
      throw new CorruptDataException("a page without room");
    }
    Condition filter = in.bool() ? ExpressionCodec.readCondition(in) : null;
    List<Path> projection =
        in.bool() ? ExpressionCodec.readList(in, ExpressionCodec::readPath) : null;
    return new PageRead(
        table,
        new KeyRange(from, to),
        forward,
        after,
        source,
        wholeItems,
        limit,
        bytes,
        filter,
        projection,
        in.bool());
  }

  private static RowSource readSource(ByteReader in) {
    int kind = in.u8();
    return switch (kind) {
      case 0 -> RowSource.Items.INSTANCE;
      case 1 -> {
        int number = in.u8();
        if (number > RowSource.LocalIndex.MAX_NUMBER) {
          throw new CorruptDataException("no local index has the number " + number);
        }
        yield new RowSource.LocalIndex(number);
      }
      default -> throw new CorruptDataException("unknown source of rows " + kind);
    };
  }

  private static void write(PageOutcome outcome, ByteWriter out) {
    switch (outcome) {
      case PageOutcome.Page page -> {
        out.u8(1);
        write(page.rows(), out);
        writeOptional(page.last(), out);
      }
      case PageOutcome.Paused paused -> {
        out.u8(2);
        write(paused.rows(), out);
        out.bytes(paused.at());
      }
      case PageOutcome.Unavailable unavailable -> {
        out.u8(3);
        out.string(unavailable.reason());
      }
    }
  }

  private static PageOutcome readOutcome(ByteReader in) {
    int kind = in.u8();
    return switch (kind) {
      case 1 -> new PageOutcome.Page(readRows(in), readOptional(in));
      case 2 -> new PageOutcome.Paused(readRows(in), in.bytes());
      case 3 -> new PageOutcome.Unavailable(in.string());
      default -> throw new CorruptDataException("unknown outcome of a page " + kind);
    };
  }

  private static void write(PageOutcome.Rows rows, ByteWriter out) {
    ExpressionCodec.writeList(rows.items(), out, (item, to) -> to.bytes(item));
    out.varint(rows.matched());
    out.varint(rows.evaluated());
    out.u64(rows.bytesRead());
    out.u64(rows.fetchUnits());
    writeOptional(rows.last(), out);
  }

  private static PageOutcome.Rows readRows(ByteReader in) {
    return new PageOutcome.Rows(
        ExpressionCodec.readList(in, ByteReader::bytes),
        in.varint(),
        in.varint(),
        in.u64(),
        in.u64(),
        readOptional(in));
  }

  private static void writeOptional(@Nullable Bytes bytes, ByteWriter out) {
    out.bool(bytes != null);
    if (bytes != null) {
      out.bytes(bytes);
    }
  }

  private static @Nullable Bytes readOptional(ByteReader in) {
    return in.bool() ? in.bytes() : null;
  }
}
