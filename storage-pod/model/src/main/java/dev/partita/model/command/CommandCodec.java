package dev.partita.model.command;

import dev.partita.model.codec.ByteReader;
import dev.partita.model.codec.ByteWriter;
import dev.partita.model.codec.Codes;
import dev.partita.model.codec.Versioned;
import dev.partita.model.command.WriteOutcome.IndexWrites;
import dev.partita.model.error.CorruptDataException;
import dev.partita.model.expression.Condition;
import dev.partita.model.expression.Update;
import dev.partita.model.item.ItemCodec;
import dev.partita.model.key.PrimaryKey;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Commands and outcomes, on their way between pods. Decoding is total and ends in {@link
/// CorruptDataException} on anything that is not exactly one whole message; item bodies are carried
/// unseen.
///
/// ```
/// command  = 01 kind  table u64  key  optional(condition)  returnValues u8  returnOld bool  rest
///   kind 01 put       rest = item bytes, size varint
///   kind 02 update    rest = update
///   kind 03 delete    rest = nothing
///   kind 04 update from AttributeUpdates: rest = update
///   returnValues      00 NONE, 01 ALL_OLD, 02 UPDATED_OLD, 03 ALL_NEW, 04 UPDATED_NEW
/// key      = hash name string, value, optional(sort name string, value)
/// outcome  = 01 kind …
///   write: 01 optional(bytes) old size varint, new size varint       Written
///          02 optional(bytes) old size varint                        ConditionFailed
///          03 string                                                 Invalid
///          04 string, bool                                           Unavailable
///          05 as 01, list(write units varint) collection bytes u64   Written, local indexes
///          06                                                        CollectionFull
///   read:  01 bytes                                                  Found
///          02                                                        Missing
///          03 string                                                 Unavailable
/// optional(x) = 00 | 01 x      bytes, string = varint length, octets      value: see ItemCodec
/// ```
///
/// A key alone, and every message, starts with the version byte 01.
public final class CommandCodec {

  private static final int VERSION = 1;

  private static final Codes<ReturnValues> RETURN_VALUES =
      Codes.of(
          ReturnValues.class,
          ReturnValues.NONE,
          ReturnValues.ALL_OLD,
          ReturnValues.UPDATED_OLD,
          ReturnValues.ALL_NEW,
          ReturnValues.UPDATED_NEW);

  private CommandCodec() {}

  public static byte[] encode(WriteCommand command) {
    return Versioned.encode(VERSION, command, CommandCodec::write);
  }

  /// @throws CorruptDataException if the bytes are not a command
  public static WriteCommand decodeWriteCommand(byte[] octets) {
    return Versioned.decode(VERSION, octets, CommandCodec::readCommand);
  }

  public static byte[] encode(WriteOutcome outcome) {
    return Versioned.encode(VERSION, outcome, CommandCodec::write);
  }

  /// @throws CorruptDataException if the bytes are not the outcome of a write
  public static WriteOutcome decodeWriteOutcome(byte[] octets) {
    return Versioned.decode(VERSION, octets, CommandCodec::readWriteOutcome);
  }

  public static byte[] encode(ReadOutcome outcome) {
    return Versioned.encode(VERSION, outcome, CommandCodec::write);
  }

  /// @throws CorruptDataException if the bytes are not the outcome of a read
  public static ReadOutcome decodeReadOutcome(byte[] octets) {
    return Versioned.decode(VERSION, octets, CommandCodec::readReadOutcome);
  }

  public static byte[] encode(PrimaryKey key) {
    return Versioned.encode(VERSION, key, CommandCodec::write);
  }

  /// @throws CorruptDataException if the bytes are not a key
  public static PrimaryKey decodePrimaryKey(byte[] octets) {
    return Versioned.decode(VERSION, octets, CommandCodec::readKey);
  }

  private static void write(WriteCommand command, ByteWriter out) {
    out.u8(
        switch (command) {
          case WriteCommand.Put _ -> 1;
          case WriteCommand.UpdateItem update ->
              switch (update.update().origin()) {
                case UPDATE_EXPRESSION -> 2;
                case ATTRIBUTE_UPDATES -> 4;
              };
          case WriteCommand.Delete _ -> 3;
        });
    out.u64(command.tableId());
    write(command.key(), out);
    Condition condition = command.condition();
    out.bool(condition != null);
    if (condition != null) {
      ExpressionCodec.write(condition, out);
    }
    RETURN_VALUES.write(command.returnValues(), out);
    out.bool(command.returnOldOnConditionFailure());
    switch (command) {
      case WriteCommand.Put put -> {
        out.bytes(put.item());
        out.varint(put.itemSize());
      }
      case WriteCommand.UpdateItem update -> UpdateCodec.write(update.update(), out);
      case WriteCommand.Delete _ -> {}
    }
  }

  private static WriteCommand readCommand(ByteReader in) {
    int kind = in.u8();
    long table = in.u64();
    PrimaryKey key = readKey(in);
    Condition condition = in.bool() ? ExpressionCodec.readCondition(in) : null;
    ReturnValues returned = RETURN_VALUES.read(in);
    boolean returnOld = in.bool();
    return switch (kind) {
      case 1 -> {
        Bytes item = in.bytes();
        yield new WriteCommand.Put(table, key, item, in.varint(), condition, returned, returnOld);
      }
      case 2, 4 -> {
        Update update =
            UpdateCodec.read(
                in, kind == 2 ? Update.Origin.UPDATE_EXPRESSION : Update.Origin.ATTRIBUTE_UPDATES);
        yield new WriteCommand.UpdateItem(table, key, update, condition, returned, returnOld);
      }
      case 3 -> new WriteCommand.Delete(table, key, condition, returned, returnOld);
      default -> throw new CorruptDataException("unknown command " + kind);
    };
  }

  private static void write(WriteOutcome outcome, ByteWriter out) {
    switch (outcome) {
      case WriteOutcome.Written written -> {
        IndexWrites indexes = written.indexes();
        out.u8(indexes == null ? 1 : 5);
        writeOptional(written.attributes(), out);
        out.varint(written.oldSize());
        out.varint(written.newSize());
        if (indexes != null) {
          out.varint(indexes.units().size());
          indexes.units().forEach(out::varint);
          out.u64(indexes.collectionBytes());
        }
      }
      case WriteOutcome.ConditionFailed failed -> {
        out.u8(2);
        writeOptional(failed.oldItem(), out);
        out.varint(failed.oldSize());
      }
      case WriteOutcome.Invalid invalid -> {
        out.u8(3);
        out.string(invalid.message());
      }
      case WriteOutcome.Unavailable unavailable -> {
        out.u8(4);
        out.string(unavailable.reason());
        out.bool(unavailable.indeterminate());
      }
      case WriteOutcome.CollectionFull _ -> out.u8(6);
    }
  }

  private static WriteOutcome readWriteOutcome(ByteReader in) {
    int kind = in.u8();
    return switch (kind) {
      case 1 -> new WriteOutcome.Written(readOptional(in), in.varint(), in.varint());
      case 2 -> new WriteOutcome.ConditionFailed(readOptional(in), in.varint());
      case 3 -> new WriteOutcome.Invalid(in.string());
      case 4 -> new WriteOutcome.Unavailable(in.string(), in.bool());
      case 5 ->
          new WriteOutcome.Written(readOptional(in), in.varint(), in.varint(), readIndexWrites(in));
      case 6 -> WriteOutcome.CollectionFull.INSTANCE;
      default -> throw new CorruptDataException("unknown outcome of a write " + kind);
    };
  }

  private static IndexWrites readIndexWrites(ByteReader in) {
    List<Integer> units = new ArrayList<>();
    for (int left = in.count(); left > 0; left--) {
      units.add(in.varint());
    }
    return new IndexWrites(units, in.u64());
  }

  private static void write(ReadOutcome outcome, ByteWriter out) {
    switch (outcome) {
      case ReadOutcome.Found found -> {
        out.u8(1);
        out.bytes(found.stored());
      }
      case ReadOutcome.Missing _ -> out.u8(2);
      case ReadOutcome.Unavailable unavailable -> {
        out.u8(3);
        out.string(unavailable.reason());
      }
    }
  }

  private static ReadOutcome readReadOutcome(ByteReader in) {
    int kind = in.u8();
    return switch (kind) {
      case 1 -> new ReadOutcome.Found(in.bytes());
      case 2 -> ReadOutcome.Missing.INSTANCE;
      case 3 -> new ReadOutcome.Unavailable(in.string());
      default -> throw new CorruptDataException("unknown outcome of a read " + kind);
    };
  }

  private static void write(PrimaryKey key, ByteWriter out) {
    out.string(key.hashName());
    ItemCodec.writeValue(key.hash(), out);
    String rangeName = key.rangeName();
    AttributeValue range = key.range();
    if (rangeName == null || range == null) {
      out.bool(false);
    } else {
      out.bool(true);
      out.string(rangeName);
      ItemCodec.writeValue(range, out);
    }
  }

  private static PrimaryKey readKey(ByteReader in) {
    String hashName = in.string();
    AttributeValue hash = readKeyValue(in);
    return in.bool()
        ? new PrimaryKey(hashName, hash, in.string(), readKeyValue(in))
        : new PrimaryKey(hashName, hash, null, null);
  }

  private static AttributeValue readKeyValue(ByteReader in) {
    AttributeValue value = ItemCodec.readValue(in);
    return switch (value) {
      case AttributeValue.S _, AttributeValue.N _, AttributeValue.B _ -> value;
      case AttributeValue.Bool _,
          AttributeValue.Null _,
          AttributeValue.SS _,
          AttributeValue.NS _,
          AttributeValue.BS _,
          AttributeValue.L _,
          AttributeValue.M _ ->
          throw new CorruptDataException("a key of type " + value.type());
    };
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
