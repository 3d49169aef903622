package dev.partita.cluster.catalog;

import dev.partita.cluster.TableOutcome;
import dev.partita.model.codec.ByteReader;
import dev.partita.model.codec.ByteWriter;
import dev.partita.model.error.CorruptDataException;
import dev.partita.model.table.TableCodec;
import dev.partita.model.table.TableRecord.TableStatus;

/// What a pod answers to an {@link Intent}.
///
/// ```
/// u8 version 1 | u8 kind
///   kind 0 not the leader, nothing done
///   kind 1 decided: u64 index | u8 outcome | …
///     1 done: record (TableCodec) to the end      5 protected
///     2 not found                                 6 changed
///     3 already exists                            7 limit exceeded: string
///     4 in use: u8 status, see status()           8 unavailable: string
/// ```
sealed interface ChangeReply {
  int VERSION = 1;

  /// Nothing was done here and never will be.
  record NotLeader() implements ChangeReply {}

  /// @param index log index of the entry, 0 if none was made
  record Decided(TableOutcome outcome, long index) implements ChangeReply {}

  default byte[] encode() {
    ByteWriter out = new ByteWriter(256);
    out.u8(VERSION);
    switch (this) {
      case NotLeader _ -> out.u8(0);
      case Decided(TableOutcome outcome, long index) -> {
        out.u8(1);
        out.u64(index);
        encode(out, outcome);
      }
    }
    return out.toArray();
  }

  private static void encode(ByteWriter out, TableOutcome outcome) {
    switch (outcome) {
      case TableOutcome.Done done -> {
        out.u8(1);
        byte[] record = TableCodec.encode(done.table());
        out.bytes(record, 0, record.length);
      }
      case TableOutcome.NotFound _ -> out.u8(2);
      case TableOutcome.AlreadyExists _ -> out.u8(3);
      case TableOutcome.InUse inUse -> {
        out.u8(4);
        out.u8(code(inUse.status()));
      }
      case TableOutcome.Protected _ -> out.u8(5);
      case TableOutcome.Changed _ -> out.u8(6);
      case TableOutcome.LimitExceeded limit -> {
        out.u8(7);
        out.string(limit.message());
      }
      case TableOutcome.Unavailable unavailable -> {
        out.u8(8);
        out.string(unavailable.reason());
      }
    }
  }

  /// @throws CorruptDataException for anything that {@link #encode} did not make
  static ChangeReply decode(byte[] body) {
    ByteReader in = new ByteReader(body);
    int version = in.u8();
    if (version != VERSION) {
      throw new CorruptDataException("catalog reply of version " + version);
    }
    int kind = in.u8();
    ChangeReply reply =
        switch (kind) {
          case 0 -> new NotLeader();
          case 1 -> {
            long index = in.u64();
            yield new Decided(outcome(in), index);
          }
          default -> throw new CorruptDataException("catalog reply of kind " + kind);
        };
    in.done();
    return reply;
  }

  private static TableOutcome outcome(ByteReader in) {
    int kind = in.u8();
    return switch (kind) {
      case 1 -> new TableOutcome.Done(TableCodec.decodeRecord(in.bytes().unsafeArray()));
      case 2 -> new TableOutcome.NotFound();
      case 3 -> new TableOutcome.AlreadyExists();
      case 4 -> new TableOutcome.InUse(status(in.u8()));
      case 5 -> new TableOutcome.Protected();
      case 6 -> new TableOutcome.Changed();
      case 7 -> new TableOutcome.LimitExceeded(in.string());
      case 8 -> new TableOutcome.Unavailable(in.string());
      default -> throw new CorruptDataException("catalog reply of outcome " + kind);
    };
  }

  private static int code(TableStatus status) {
    return switch (status) {
      case CREATING -> 1;
      case UPDATING -> 2;
      case ACTIVE -> 3;
      case DELETING -> 4;
    };
  }

  private static TableStatus status(int code) {
    return switch (code) {
      case 1 -> TableStatus.CREATING;
      case 2 -> TableStatus.UPDATING;
      case 3 -> TableStatus.ACTIVE;
      case 4 -> TableStatus.DELETING;
      default -> throw new CorruptDataException("table status of code " + code);
    };
  }
}
