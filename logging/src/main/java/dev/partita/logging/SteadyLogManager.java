package dev.partita.logging;

import java.util.logging.LogManager;

/// Keeps its handlers to the end. The JDK's own manager takes them away as soon as the process is
/// asked to stop, and what stopping has to say would be lost.
public final class SteadyLogManager extends LogManager {

  @Override
  public void reset() {
    // Logging sets everything up by hand.
  }
}
