package dev.partita.engine.log;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Keeps the log's own messages out of a test's output where hundreds of failures are meant.
final class ExpectedFailures implements BeforeAllCallback, AfterAllCallback {

  private static final Logger LOGGER = Logger.getLogger("dev.partita.engine.log");

  @Override
  public void beforeAll(ExtensionContext context) {
    LOGGER.setLevel(Level.OFF);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    LOGGER.setLevel(null);
  }
}
