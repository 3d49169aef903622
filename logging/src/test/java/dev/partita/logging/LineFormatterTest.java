package dev.partita.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LineFormatterTest {

  private static LogRecord event(Level level, String message) {
    LogRecord event = new LogRecord(level, message);
    event.setInstant(Instant.parse("2026-11-22T08:00:00.123Z"));
    event.setLoggerName("dev.partita.server.Main");
    return event;
  }

  @Test
  void anEventIsOneLineWithTimeLevelAndPlace() {
    assertThat(new LineFormatter().format(event(Level.INFO, "hello")))
        .isEqualTo("2026-11-22T08:00:00.123Z INFO  server.Main hello\n");
  }

  @Test
  void nothingBreaksTheLine() {
    LogRecord event = event(Level.SEVERE, "two\nlines\r\u0007");
    event.setThrown(new IllegalStateException("a \"b\"\nc", new RuntimeException("below")));
    String line = new LineFormatter().format(event);
    assertThat(line)
        .startsWith("2026-11-22T08:00:00.123Z ERROR server.Main two\\nlines\\r  error=\"")
        .contains("a \\\"b\\\"\\nc\" at=\"logging.LineFormatterTest.")
        .contains("cause=\"java.lang.RuntimeException: below\"");
    assertThat(line.chars().filter(c -> c == '\n')).hasSize(1);
  }
}
