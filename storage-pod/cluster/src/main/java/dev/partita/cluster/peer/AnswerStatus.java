package dev.partita.cluster.peer;

import org.jspecify.annotations.Nullable;

/// How a request ended on the other pod. Codes are never reused.
enum AnswerStatus {
  /// The body is the answer.
  DONE(0),
  /// Not begun: too much is in flight there. The body is the reason in UTF-8.
  REFUSED(1),
  /// Begun and failed: whether it had an effect is unknown. The body is the reason in UTF-8.
  FAILED(2);

  private final byte code;

  AnswerStatus(int code) {
    this.code = (byte) code;
  }

  byte code() {
    return code;
  }

  static @Nullable AnswerStatus of(byte code) {
    return switch (code) {
      case 0 -> DONE;
      case 1 -> REFUSED;
      case 2 -> FAILED;
      default -> null;
    };
  }
}
