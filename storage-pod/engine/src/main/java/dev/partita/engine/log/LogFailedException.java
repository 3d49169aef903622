package dev.partita.engine.log;

import dev.partita.engine.StorageException;

/// A write or a sync of the log failed, now or earlier: what of it reached the disk is unknown, so
/// nothing may be acknowledged by this log any more. The process must be started again.
public final class LogFailedException extends StorageException {

  public LogFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
