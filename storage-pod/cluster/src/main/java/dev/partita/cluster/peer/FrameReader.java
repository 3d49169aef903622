package dev.partita.cluster.peer;

import io.vertx.core.buffer.Buffer;

/// Cuts a stream of bytes into frames, whatever pieces it comes in. Holds at most one unfinished
/// frame. After a {@link FrameException} the stream is lost: nothing more may be fed.
final class FrameReader {

  /// Takes what was read.
  interface Sink {
    /// @param body given away
    void frame(FrameKind kind, byte[] body) throws FrameException;
  }

  private static final byte[] NO_PREFIX = new byte[0];

  private final Sink sink;
  private final byte[] head = new byte[Frames.OVERHEAD_BYTES];
  private int maxFrameBytes;
  private int headFilled;
  private byte[] body = NO_PREFIX;
  private int bodyFilled;

  FrameReader(Sink sink, int maxFrameBytes) {
    this.sink = sink;
    this.maxFrameBytes = maxFrameBytes;
  }

  /// Changes the bound for the frames that follow.
  void maxFrameBytes(int bytes) {
    maxFrameBytes = bytes;
  }

  /// Reads a piece; hands every frame that it completes to the sink.
  void feed(Buffer piece) throws FrameException {
    int at = 0;
    int end = piece.length();
    while (at < end) {
      if (headFilled < head.length) {
        int n = Math.min(head.length - headFilled, end - at);
        piece.getBytes(at, at + n, head, headFilled);
        headFilled += n;
        at += n;
        if (headFilled < head.length) {
          return;
        }
        begin();
      }
      int n = Math.min(body.length - bodyFilled, end - at);
      piece.getBytes(at, at + n, body, bodyFilled);
      bodyFilled += n;
      at += n;
      if (bodyFilled == body.length) {
        finish();
      }
    }
  }

  private void begin() throws FrameException {
    int length = intAt(0);
    if (length < Frames.HEAD_BYTES || length > maxFrameBytes - Frames.LENGTH_BYTES) {
      throw new FrameException("frame of " + Integer.toUnsignedString(length) + " bytes");
    }
    if (head[4] != Frames.VERSION) {
      throw new FrameException("frame of version " + head[4]);
    }
    if (FrameKind.of(head[5]) == null) {
      throw new FrameException("frame of kind " + head[5]);
    }
    body = length == Frames.HEAD_BYTES ? NO_PREFIX : new byte[length - Frames.HEAD_BYTES];
    bodyFilled = 0;
  }

  private void finish() throws FrameException {
    FrameKind kind = FrameKind.of(head[5]);
    byte[] done = body;
    headFilled = 0;
    body = NO_PREFIX;
    bodyFilled = 0;
    if (kind == null || intAt(6) != Frames.checksum(head[4], head[5], NO_PREFIX, done)) {
      throw new FrameException("frame with a wrong checksum");
    }
    sink.frame(kind, done);
  }

  private int intAt(int offset) {
    return (head[offset] & 0xff) << 24
        | (head[offset + 1] & 0xff) << 16
        | (head[offset + 2] & 0xff) << 8
        | (head[offset + 3] & 0xff);
  }
}
