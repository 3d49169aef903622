package dev.partita.cluster.peer;

import org.jspecify.annotations.Nullable;

/// What a frame carries. Codes are never reused.
enum FrameKind {
  /// First frame of either side: {@link Hello}.
  HELLO(1),
  /// Consensus: group id i64, then the message. From the side that dialled only.
  MESSAGE(2),
  /// Correlation id i64, operation u8, then the body. From the side that dialled only.
  REQUEST(3),
  /// Correlation id i64, {@link AnswerStatus} u8, then the body. From the side that accepted only.
  ANSWER(4),
  /// Empty; answered by PONG.
  PING(5),
  /// {@link Pong}.
  PONG(6),
  /// Instead of a HELLO, before the connection is closed: why, in UTF-8. From the side that
  /// accepted only.
  REFUSED(7);

  private static final FrameKind[] BY_CODE = new FrameKind[8];

  static {
    for (FrameKind kind : values()) {
      BY_CODE[kind.code] = kind;
    }
  }

  private final byte code;

  FrameKind(int code) {
    this.code = (byte) code;
  }

  byte code() {
    return code;
  }

  static @Nullable FrameKind of(byte code) {
    return code < 0 || code >= BY_CODE.length ? null : BY_CODE[code];
  }
}
