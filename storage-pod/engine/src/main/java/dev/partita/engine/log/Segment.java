package dev.partita.engine.log;

import java.util.Locale;
import java.util.OptionalLong;

/// One file of the log, numbered from 1 on.
record Segment(long number, LogFile file) {

  private static final String PREFIX = "log-";
  private static final String SUFFIX = ".segment";

  static String nameOf(long number) {
    return String.format(Locale.ROOT, "%s%016x%s", PREFIX, number, SUFFIX);
  }

  /// The number in a file's name; empty for other files.
  static OptionalLong numberOf(String name) {
    if (name.length() != PREFIX.length() + 16 + SUFFIX.length()
        || !name.startsWith(PREFIX)
        || !name.endsWith(SUFFIX)) {
      return OptionalLong.empty();
    }
    try {
      long number = Long.parseLong(name, PREFIX.length(), PREFIX.length() + 16, 16);
      return number > 0 && nameOf(number).equals(name)
          ? OptionalLong.of(number)
          : OptionalLong.empty();
    } catch (NumberFormatException _) {
      return OptionalLong.empty();
    }
  }
}
