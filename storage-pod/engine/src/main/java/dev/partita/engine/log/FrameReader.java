package dev.partita.engine.log;

import dev.partita.engine.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Reads the frames of one file through a window, and tells good ones from bad ones. Total: any
/// bytes give an answer.
final class FrameReader {

  private static final int WINDOW_BYTES = 256 << 10;

  private static final byte[] ZEROS = new byte[WINDOW_BYTES];

  private final LogFile file;
  private final long size;
  private ByteBuffer window;
  private long windowStart;

  FrameReader(LogFile file) throws IOException {
    this.file = file;
    size = file.size();
    window = ByteBuffer.allocate((int) Math.min(WINDOW_BYTES, size)).limit(0);
  }

  /// What lies at some offset.
  sealed interface Found {
    /// @param body of the frame; valid until the next read
    /// @param end offset behind the frame
    record Good(Frame.Header header, ByteBuffer body, long end) implements Found {}

    record Bad(String why) implements Found {}
  }

  long size() {
    return size;
  }

  Found read(long offset) throws IOException {
    if (size - offset < Frame.HEADER_BYTES) {
      return new Found.Bad("no room for a frame");
    }
    ByteBuffer start = bytes(offset, Frame.HEADER_BYTES);
    if (start.getInt(0) != Frame.MAGIC) {
      return new Found.Bad("no frame");
    }
    Frame.Header header = Frame.header(start);
    if (header.length() < 0 || header.length() > size - offset - Frame.HEADER_BYTES) {
      return new Found.Bad("a frame of impossible length " + header.length());
    }
    int length = Frame.HEADER_BYTES + header.length();
    ByteBuffer frame = bytes(offset, length);
    if (Frame.crc(frame) != header.crc()) {
      return new Found.Bad("a frame with a wrong checksum");
    }
    if (header.version() != Frame.VERSION) {
      throw new StorageException(
          "the log was written by another version: "
              + file.name()
              + " has frames of version "
              + header.version());
    }
    ByteBuffer body = frame.slice(Frame.HEADER_BYTES, header.length());
    return new Found.Good(header, body, offset + length);
  }

  /// The first offset from `from` on that does not hold zero, or the file's size.
  long firstNonZero(long from) throws IOException {
    long at = from;
    while (at < size) {
      int length = (int) Math.min(WINDOW_BYTES, inWindow(at) > 0 ? inWindow(at) : size - at);
      int mismatch = bytes(at, length).mismatch(ByteBuffer.wrap(ZEROS, 0, length));
      if (mismatch >= 0) {
        return at + mismatch;
      }
      at += length;
    }
    return size;
  }

  /// Offset of the first good frame at or behind `from` with at least this sequence; -1 if none.
  ///
  /// @param logId of the log; with `anyLog` frames of every log count
  long findGood(long from, long sequence, long logId, boolean anyLog) throws IOException {
    long at = firstNonZero(from);
    while (at <= size - Frame.HEADER_BYTES) {
      if (read(at) instanceof Found.Good(Frame.Header header, _, _)
          && header.sequence() >= sequence
          && (anyLog || header.logId() == logId)) {
        return at;
      }
      at++;
      if (at < size && bytes(at, 1).get(0) == 0) {
        at = firstNonZero(at);
      }
    }
    return -1;
  }

  private long inWindow(long offset) {
    return offset < windowStart ? 0 : windowStart + window.limit() - offset;
  }

  /// A view of `[offset, offset + length)`, valid until the next call.
  private ByteBuffer bytes(long offset, int length) throws IOException {
    if (offset < windowStart || offset + length > windowStart + window.limit()) {
      int wanted = (int) Math.min(Math.max(length, WINDOW_BYTES), size - offset);
      if (wanted > window.capacity()) {
        window = ByteBuffer.allocate(wanted);
      }
      window.clear().limit(wanted);
      windowStart = offset;
      file.read(window, offset);
      window.flip();
    }
    return window.slice((int) (offset - windowStart), length);
  }
}
