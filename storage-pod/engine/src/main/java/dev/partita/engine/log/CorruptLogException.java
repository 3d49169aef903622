package dev.partita.engine.log;

import dev.partita.engine.StorageException;

/// The log holds bytes that were not written so, in a place where a power cut cannot have left
/// them. The pod must not start on it: what was acknowledged may be missing.
public final class CorruptLogException extends StorageException {

  private final String file;
  private final long offset;

  /// @param file path of the segment
  /// @param offset of the first bad frame in it, in bytes
  public CorruptLogException(String file, long offset, String what) {
    super("the log is corrupt: " + what + ", in " + file + " at offset " + offset);
    this.file = file;
    this.offset = offset;
  }

  public String file() {
    return file;
  }

  public long offset() {
    return offset;
  }
}
