package dev.partita.server.manifest;

import java.nio.file.Path;

/// A manifest that cannot be applied. The message is one line: `<file>:<line>: <what is wrong>`.
public final class ManifestException extends Exception {

  private static final long serialVersionUID = 1L;

  public ManifestException(Path file, int line, String problem) {
    super(file + ":" + line + ": " + problem);
  }

  /// Never null.
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
