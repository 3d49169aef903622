package dev.partita.cluster.peer;

/// Bytes that are no frame, or a frame that has no place in the conversation. The connection they
/// came on is closed.
sealed class FrameException extends Exception permits StrangerException {
  FrameException(String message) {
    super(message, null, false, false);
  }
}
