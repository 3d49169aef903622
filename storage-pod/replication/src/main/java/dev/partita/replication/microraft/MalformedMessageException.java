package dev.partita.replication.microraft;

/// Bytes that are no message or entry of ours: cut short, of another version, or damaged.
final class MalformedMessageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MalformedMessageException(String message) {
    super(message);
  }
}
