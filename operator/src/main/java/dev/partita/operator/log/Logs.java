package dev.partita.operator.log;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

/// Sets the process's logging up: one handler, one format, libraries only when they warn.
public final class Logs {

  /// Libraries whose everyday news are nobody's business here.
  private static final Map<String, Level> QUIET =
      Map.of(
          "io.javaoperatorsdk", Level.WARNING,
          "Default ConfigurationService implementation", Level.WARNING,
          // Says of every kind of ours that its version is an alpha.
          "io.fabric8.kubernetes.client.dsl.internal.VersionUsageUtils", Level.SEVERE,
          "io.fabric8", Level.WARNING,
          "software.amazon.awssdk", Level.WARNING);

  /// java.util.logging forgets the levels of loggers that nobody holds.
  @SuppressWarnings("UnusedVariable")
  private static List<Logger> held = List.of();

  private Logs() {}

  /// Must be called before anything else in the process may have made a logger.
  public static void chooseManager() {
    System.setProperty("java.util.logging.manager", SteadyLogManager.class.getName());
  }

  /// Replaces whatever logging is set up. Call it before anything logs.
  ///
  /// @param debug whether Partita's own small events are shown too
  public static void setUp(boolean debug) {
    Logger root = Logger.getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    root.setLevel(Level.INFO);
    root.addHandler(new StandardError());
    Map<String, Level> levels = new HashMap<>(QUIET);
    levels.put("dev.partita", debug ? Level.FINE : Level.INFO);
    List<Logger> loggers = new ArrayList<>();
    levels.forEach(
        (name, level) -> {
          Logger logger = Logger.getLogger(name);
          logger.setLevel(level);
          loggers.add(logger);
        });
    held = loggers;
  }

  private static final class StandardError extends StreamHandler {
    StandardError() {
      super(System.err, new LineFormatter());
      setLevel(Level.ALL);
    }

    @Override
    public synchronized void publish(LogRecord event) {
      super.publish(event);
      flush();
    }

    /// The stream is the process's, not ours to close.
    @Override
    public synchronized void close() {
      flush();
    }
  }
}
