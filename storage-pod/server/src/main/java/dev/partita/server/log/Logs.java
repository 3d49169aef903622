package dev.partita.server.log;

import dev.partita.logging.Logging;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Level;

/// What of a storage pod's events is told; libraries only when they warn.
public final class Logs {

  /// Libraries whose everyday news are nobody's business here.
  private static final Map<String, Level> QUIET =
      Map.of("io.microraft", Level.SEVERE, "io.netty", Level.WARNING, "io.vertx", Level.WARNING);

  /// How much is told.
  public enum Detail {
    /// One pod without others: who leads what is no news.
    ALONE,
    CLUSTER,
    DEBUG
  }

  private Logs() {}

  /// Replaces whatever logging is set up. Call it before anything logs.
  ///
  /// @param detail how much of Partita's own events is shown
  public static void setUp(Detail detail) {
    Map<String, Level> levels = new HashMap<>(QUIET);
    levels.put("dev.partita", detail == Detail.DEBUG ? Level.FINE : Level.INFO);
    if (detail == Detail.ALONE) {
      levels.put("dev.partita.replication", Level.WARNING);
    }
    Logging.setUp(levels);
  }
}
