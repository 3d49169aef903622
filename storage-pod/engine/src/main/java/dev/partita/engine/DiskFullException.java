package dev.partita.engine;

/// No space left on the disk. Nothing of the refused batch was applied, reads go on, and the same
/// call may be tried again: the store recovers by itself some seconds after space returns.
public final class DiskFullException extends StorageException {

  public DiskFullException(String message, Throwable cause) {
    super(message, cause);
  }
}
