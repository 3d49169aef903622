package dev.partita.engine.log;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// The unit of writing: a header and a body of operations, durable with one sync.
///
/// ```
/// offset 0  magic    u32  "PLOG"
///        4  version  u8   1
///        5  kind     u8   1 checkpoint, 2 operations
///        6  reserved u16  0
///        8  log id   u64  random, the same in all frames of one log: no item's bytes can look
///                         like a frame of it
///       16  sequence u64  one more than the frame before
///       24  length   u32  of the body, in bytes
///       28  crc      u32  CRC-32C of bytes 0 to 27 and of the body
///       32  body          operations; in a checkpoint behind the segment's number u64
/// ```
///
/// A frame is written only after the one before it was synced. So at most the last one can be torn.
final class Frame {

  static final int MAGIC = 0x504c4f47;
  static final byte VERSION = 1;
  static final int HEADER_BYTES = 32;

  static final byte CHECKPOINT = 1;
  static final byte OPERATIONS = 2;

  private static final int CRC_OFFSET = 28;

  private Frame() {}

  /// @param length of the body, in bytes
  record Header(byte version, byte kind, long logId, long sequence, int length, int crc) {}

  /// Completes the header in front of a body that lies at offset 32 up to the buffer's position,
  /// and flips the buffer.
  static void seal(ByteBuffer frame, byte kind, long logId, long sequence) {
    int length = frame.position() - HEADER_BYTES;
    frame
        .putInt(0, MAGIC)
        .put(4, VERSION)
        .put(5, kind)
        .putShort(6, (short) 0)
        .putLong(8, logId)
        .putLong(16, sequence)
        .putInt(24, length);
    frame.flip();
    frame.putInt(CRC_OFFSET, crc(frame));
  }

  /// Reads a header at the buffer's start; null-free: any bytes give some header.
  static Header header(ByteBuffer frame) {
    return new Header(
        frame.get(4),
        frame.get(5),
        frame.getLong(8),
        frame.getLong(16),
        frame.getInt(24),
        frame.getInt(CRC_OFFSET));
  }

  /// @param frame header and whole body, from position 0 to its limit
  static int crc(ByteBuffer frame) {
    CRC32C crc = new CRC32C();
    crc.update(frame.slice(0, CRC_OFFSET));
    crc.update(frame.slice(HEADER_BYTES, frame.limit() - HEADER_BYTES));
    return (int) crc.getValue();
  }
}
