package dev.partita.simulation;

import org.jspecify.annotations.Nullable;

/// A promise was broken.
final class Violation extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Violation(String what, @Nullable Throwable cause) {
    super(what, cause);
  }
}
