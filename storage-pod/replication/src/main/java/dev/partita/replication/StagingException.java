package dev.partita.replication;

/// An image that is being received could not be put beside the state: the disk is full, or what
/// came is not an image. The state in use has not changed. The transfer ends, and the replica goes
/// on.
public final class StagingException extends RuntimeException {

  public StagingException(String message) {
    super(message);
  }

  public StagingException(String message, Throwable cause) {
    super(message, cause);
  }
}
