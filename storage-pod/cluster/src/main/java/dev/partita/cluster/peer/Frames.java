package dev.partita.cluster.peer;

import dev.partita.replication.GroupId;
import io.vertx.core.buffer.Buffer;
import java.util.zip.CRC32C;

/// The frame, the unit of peer traffic; integers are big-endian:
///
/// ```
/// offset 0   u32  length: bytes that follow this field, 6 + length of the body
///        4   u8   version, 1
///        5   u8   kind, see FrameKind
///        6   u32  CRC32C of version, kind and body
///       10        body
/// ```
final class Frames {
  static final byte VERSION = 1;

  /// Bytes of the length field.
  static final int LENGTH_BYTES = 4;

  /// Bytes between the length field and the body.
  static final int HEAD_BYTES = 6;

  /// Bytes before the body.
  static final int OVERHEAD_BYTES = LENGTH_BYTES + HEAD_BYTES;

  /// Bytes of a MESSAGE frame beside the message.
  static final int MESSAGE_OVERHEAD_BYTES = OVERHEAD_BYTES + Long.BYTES;

  /// Bytes of a REQUEST or ANSWER frame beside the payload.
  static final int REQUEST_OVERHEAD_BYTES = OVERHEAD_BYTES + Long.BYTES + 1;

  private Frames() {}

  static void message(Buffer out, GroupId group, byte[] message) {
    byte[] prefix = new byte[Long.BYTES];
    putLong(prefix, group.value());
    frame(out, FrameKind.MESSAGE, prefix, message);
  }

  static void request(Buffer out, long correlation, byte operation, byte[] body) {
    frame(out, FrameKind.REQUEST, correlated(correlation, operation), body);
  }

  static void answer(Buffer out, long correlation, AnswerStatus status, byte[] body) {
    frame(out, FrameKind.ANSWER, correlated(correlation, status.code()), body);
  }

  static void simple(Buffer out, FrameKind kind, byte[] body) {
    frame(out, kind, new byte[0], body);
  }

  static int checksum(byte version, byte kind, byte[] prefix, byte[] body) {
    CRC32C crc = new CRC32C();
    crc.update(version);
    crc.update(kind);
    crc.update(prefix, 0, prefix.length);
    crc.update(body, 0, body.length);
    return (int) crc.getValue();
  }

  private static void frame(Buffer out, FrameKind kind, byte[] prefix, byte[] body) {
    out.appendInt(HEAD_BYTES + prefix.length + body.length)
        .appendByte(VERSION)
        .appendByte(kind.code())
        .appendInt(checksum(VERSION, kind.code(), prefix, body))
        .appendBytes(prefix)
        .appendBytes(body);
  }

  private static byte[] correlated(long correlation, byte code) {
    byte[] prefix = new byte[Long.BYTES + 1];
    putLong(prefix, correlation);
    prefix[Long.BYTES] = code;
    return prefix;
  }

  private static void putLong(byte[] to, long value) {
    for (int i = 0; i < Long.BYTES; i++) {
      to[i] = (byte) (value >>> (56 - 8 * i));
    }
  }
}
