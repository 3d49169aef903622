package dev.partita.cluster.peer;

/// A pod came back under its name without its data.
final class StrangerException extends FrameException {
  private final String reason;

  StrangerException(String reason) {
    super(reason);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
