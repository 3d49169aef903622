package dev.partita.logging;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/// One event, one line, whatever the message holds, so that line-based tools see whole events:
///
/// ```
/// 2026-11-22T08:00:00.123Z WARN  replication.Group what happened key=value error="..." at="A.m:1 < B.n:2"
/// ```
final class LineFormatter extends Formatter {

  /// Frames of a stack trace that are shown; the deepest say what failed, the rest how it was
  /// called.
  private static final int MAX_FRAMES = 16;

  /// Causes that are followed.
  private static final int MAX_CAUSES = 4;

  private static final String OWN_PACKAGE = "dev.partita.";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  @Override
  public String format(LogRecord event) {
    StringBuilder line = new StringBuilder(160);
    line.append(TIME.format(Instant.ofEpochMilli(event.getMillis())))
        .append(' ')
        .append(level(event.getLevel()))
        .append(' ')
        .append(logger(event.getLoggerName()))
        .append(' ');
    appendEscaped(line, formatMessage(event), false);
    appendCauses(line, event.getThrown());
    return line.append('\n').toString();
  }

  private static String level(Level level) {
    if (level.intValue() >= Level.SEVERE.intValue()) {
      return "ERROR";
    }
    if (level.intValue() >= Level.WARNING.intValue()) {
      return "WARN ";
    }
    return level.intValue() >= Level.INFO.intValue() ? "INFO " : "DEBUG";
  }

  private static String logger(@Nullable String name) {
    if (name == null || name.isEmpty()) {
      return "-";
    }
    return name.startsWith(OWN_PACKAGE) ? name.substring(OWN_PACKAGE.length()) : name;
  }

  private static void appendCauses(StringBuilder line, @Nullable Throwable thrown) {
    Throwable cause = thrown;
    for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
      line.append(i == 0 ? " error=\"" : " cause=\"");
      appendEscaped(line, cause.toString(), true);
      line.append("\" at=\"");
      appendFrames(line, cause.getStackTrace());
      line.append('"');
      cause = cause.getCause() == cause ? null : cause.getCause();
    }
  }

  private static void appendFrames(StringBuilder line, StackTraceElement[] frames) {
    for (int i = 0; i < frames.length && i < MAX_FRAMES; i++) {
      String type = frames[i].getClassName();
      line.append(i == 0 ? "" : " < ")
          .append(type.startsWith(OWN_PACKAGE) ? type.substring(OWN_PACKAGE.length()) : type)
          .append('.')
          .append(frames[i].getMethodName())
          .append(':')
          .append(frames[i].getLineNumber());
    }
  }

  private static void appendEscaped(StringBuilder line, @Nullable String text, boolean quoted) {
    if (text == null) {
      return;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        case '"' -> line.append(quoted ? "\\\"" : "\"");
        default -> line.append(c < ' ' && c != '\t' ? ' ' : c);
      }
    }
  }
}
