package dev.partita.engine;

/// The disk, or the store on it, could not do what was asked. Whoever asked cannot know how much of
/// it happened, except where a subclass says so: the replica behind it stops.
public class StorageException extends RuntimeException {

  public StorageException(String message) {
    super(message);
  }

  public StorageException(String message, Throwable cause) {
    super(message, cause);
  }
}
