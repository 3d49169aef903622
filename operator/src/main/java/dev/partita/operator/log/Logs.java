package dev.partita.operator.log;

import dev.partita.logging.Logging;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Level;

/// What of the operator's events is told; libraries only when they warn.
public final class Logs {

  private static final Map<String, Level> QUIET =
      Map.of(
          "io.javaoperatorsdk", Level.WARNING,
          "Default ConfigurationService implementation", Level.WARNING,
          // Says of every kind of ours that its version is an alpha.
          "io.fabric8.kubernetes.client.dsl.internal.VersionUsageUtils", Level.SEVERE,
          "io.fabric8", Level.WARNING,
          "software.amazon.awssdk", Level.WARNING);

  private Logs() {}

  /// Replaces whatever logging is set up. Call it before anything logs.
  ///
  /// @param debug whether Partita's own small events are shown too
  public static void setUp(boolean debug) {
    Map<String, Level> levels = new HashMap<>(QUIET);
    levels.put("dev.partita", debug ? Level.FINE : Level.INFO);
    Logging.setUp(levels);
  }
}
