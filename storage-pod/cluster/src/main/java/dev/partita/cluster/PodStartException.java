package dev.partita.cluster;

/// A pod that cannot start, for a reason that its operator can act on: the folder is in use,
/// belongs to another pod or a newer version, the port is taken. The message is meant to be shown
/// as it is.
public final class PodStartException extends RuntimeException {
  public PodStartException(String message) {
    super(message);
  }

  public PodStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
