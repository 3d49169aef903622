package dev.partita.logging;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

/// Sets the process's logging up: one handler, one format.
public final class Logging {

  /// java.util.logging forgets the levels of loggers that nobody holds.
  @SuppressWarnings("UnusedVariable")
  private static List<Logger> held = List.of();

  private Logging() {}

  /// Must be called before anything else in the process may have made a logger.
  public static void chooseManager() {
    System.setProperty("java.util.logging.manager", SteadyLogManager.class.getName());
  }

  /// Replaces whatever logging is set up. Call it before anything logs.
  ///
  /// @param levels from when on a logger and those below it are heard, by its name; all others are
  ///   from `INFO` on
  public static void setUp(Map<String, Level> levels) {
    Logger root = Logger.getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    root.setLevel(Level.INFO);
    root.addHandler(new StandardError());
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
