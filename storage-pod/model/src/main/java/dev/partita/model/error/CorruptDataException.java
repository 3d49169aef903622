package dev.partita.model.error;

/// Stored or received bytes that do not follow their format. Decoders throw nothing else, whatever
/// they are given. On bytes from the own disk it is a broken promise of the disk and stops the
/// replica; on bytes from a peer it ends the connection.
public final class CorruptDataException extends RuntimeException {
  public CorruptDataException(String message) {
    super(message);
  }
}
