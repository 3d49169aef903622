package dev.partita.server.log;

import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

/// Sets the process's logging up: one handler, one format, libraries only when they warn.
public final class Logs {

  /// Libraries whose everyday news are nobody's business here.
  private static final Map<String, Level> QUIET =
      Map.of("io.microraft", Level.SEVERE, "io.netty", Level.WARNING, "io.vertx", Level.WARNING);

  /// java.util.logging forgets the levels of loggers that nobody holds.
  @SuppressWarnings("UnusedVariable")
  private static List<Logger> held = List.of();

  private Logs() {}

  /// Replaces whatever logging is set up. Call it before anything logs.
  ///
  /// @param debug whether Partita's own debug events are shown too
  public static void setUp(boolean debug) {
    LogManager.getLogManager().reset();
    Logger root = Logger.getLogger("");
    root.setLevel(Level.INFO);
    root.addHandler(new StandardError());
    Logger own = Logger.getLogger("dev.partita");
    own.setLevel(debug ? Level.FINE : Level.INFO);
    List<Logger> quiet =
        QUIET.entrySet().stream()
            .map(
                e -> {
                  Logger logger = Logger.getLogger(e.getKey());
                  logger.setLevel(e.getValue());
                  return logger;
                })
            .toList();
    held = java.util.stream.Stream.concat(quiet.stream(), java.util.stream.Stream.of(own)).toList();
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
