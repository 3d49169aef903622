package dev.partita.replication.microraft;

import dev.partita.replication.GroupLimits;
import dev.partita.replication.microraft.Operation.Command;
import dev.partita.replication.microraft.Operation.EpochMark;
import dev.partita.replication.microraft.Operation.Logged;
import java.nio.ByteBuffer;

/// The bytes of a log entry's content, on disk and on the wire. The kind stands beside the body.
///
/// ```
/// kind 1  epoch mark   replica u64 | nonce u64
/// kind 2  command      epoch u64 | payload
/// ```
///
/// Kinds are never reused; a body of another shape gets a new kind.
final class OperationCodec {
  static final byte EPOCH_MARK = 1;
  static final byte COMMAND = 2;

  /// What a body adds to its payload at most, in bytes.
  static final int MAX_OVERHEAD_BYTES = 16;

  static byte kind(Logged operation) {
    return switch (operation) {
      case EpochMark _ -> EPOCH_MARK;
      case Command _ -> COMMAND;
    };
  }

  static int size(Logged operation) {
    return switch (operation) {
      case EpochMark _ -> 16;
      case Command command -> 8 + command.payload().length;
    };
  }

  static byte[] body(Logged operation) {
    ByteBuffer out = ByteBuffer.allocate(size(operation));
    write(operation, out);
    return out.array();
  }

  static void write(Logged operation, ByteBuffer out) {
    switch (operation) {
      case EpochMark mark -> out.putLong(mark.replica()).putLong(mark.nonce());
      case Command command -> out.putLong(command.epoch()).put(command.payload());
    }
  }

  /// @throws MalformedMessageException if no operation has these bytes
  static Logged read(byte kind, byte[] body) {
    WireReader in = new WireReader(body, body.length);
    return read(kind, body.length, in);
  }

  static Logged read(byte kind, int length, WireReader in) {
    return switch (kind) {
      case EPOCH_MARK -> {
        if (length != 16) {
          throw new MalformedMessageException("epoch mark of " + length + " bytes");
        }
        yield new EpochMark(in.id(), in.int64());
      }
      case COMMAND -> {
        if (length < 8 || length > GroupLimits.MAX_ENTRY_BYTES + 8) {
          throw new MalformedMessageException("command of " + length + " bytes");
        }
        yield new Command(in.index(), in.bytes(length - 8));
      }
      default -> throw new MalformedMessageException("unknown kind of entry " + kind);
    };
  }

  private OperationCodec() {}
}
