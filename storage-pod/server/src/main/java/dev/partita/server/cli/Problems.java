package dev.partita.server.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/// Says in words what the file system says by the type of an exception.
final class Problems {
  private Problems() {}

  /// One line for a user.
  static String text(IOException e) {
    String message = String.valueOf(e.getMessage());
    return switch (e) {
      case NoSuchFileException _ -> "there is no file " + message;
      case AccessDeniedException _ -> "no permission for " + message;
      case NotDirectoryException _ -> message + " is not a folder";
      default -> message;
    };
  }
}
