package dev.partita.engine;

/// Stored bytes are not what was written. The message names the file where the store knows it.
public final class CorruptStoreException extends StorageException {

  public CorruptStoreException(String message) {
    super(message);
  }

  public CorruptStoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
