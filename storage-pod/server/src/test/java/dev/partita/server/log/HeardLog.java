package dev.partita.server.log;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/// What a class tells the log while this is open.
public final class HeardLog implements AutoCloseable {

  private final Logger logger;
  private final List<String> errors = new CopyOnWriteArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord event) {
          if (event.getLevel().intValue() >= Level.SEVERE.intValue()) {
            errors.add(new SimpleFormatter().formatMessage(event));
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  public HeardLog(Class<?> whose) {
    logger = Logger.getLogger(whose.getName());
    logger.addHandler(handler);
  }

  /// Messages of errors, in order.
  public List<String> errors() {
    return List.copyOf(errors);
  }

  @Override
  public void close() {
    logger.removeHandler(handler);
  }
}
