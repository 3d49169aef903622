package dev.partita.engine;

import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/// Names RocksDB's errors in the words of this module.
final class RocksErrors {

  private static final String NO_SPACE_TEXT = "No space left";

  private RocksErrors() {}

  /// @param doing what was tried, e.g. `write a batch`
  static StorageException named(String doing, RocksDBException error) {
    String message = "could not " + doing + ": " + text(error);
    Status status = error.getStatus();
    if (status != null) {
      if (status.getCode() == Status.Code.Corruption) {
        return new CorruptStoreException(message, error);
      }
      if (status.getSubCode() == Status.SubCode.NoSpace || message.contains(NO_SPACE_TEXT)) {
        return new DiskFullException(message, error);
      }
    }
    return new StorageException(message, error);
  }

  /// True where a read of memory only met something that only the disk knows.
  static boolean needsDisk(RocksDBException error) {
    Status status = error.getStatus();
    return status != null && status.getCode() == Status.Code.Incomplete;
  }

  private static String text(RocksDBException error) {
    String message = error.getMessage();
    Status status = error.getStatus();
    if (status == null) {
      return String.valueOf(message);
    }
    String state = status.getState();
    String code = status.getCodeString();
    return state == null || (message != null && message.contains(state))
        ? code + ": " + message
        : code + ": " + message + ": " + state;
  }
}
