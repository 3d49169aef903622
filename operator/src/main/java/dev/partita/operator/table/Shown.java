package dev.partita.operator.table;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Numbers of a status that would otherwise change at every look. While a number moves, the one
/// that is shown stays until it is off by a hundredth; once it rests, it is exact.
final class Shown {

  /// A number may be off by one part in this many while it moves.
  private static final long PARTS = 100;

  private static final String[] BINARY_UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB"};

  private Shown() {}

  /// @param shown what the status has; null for nothing
  /// @param before what the look before this one found; null if there was none
  /// @param now what is so
  static long number(@Nullable Long shown, @Nullable Long before, long now) {
    boolean rests = before != null && before == now;
    if (shown == null || rests) {
      return now;
    }
    return Math.abs(now - shown) * PARTS >= Math.max(shown, now) ? now : shown;
  }

  /// For people, with three digits: `999 B`, `12.3 MiB`.
  static String size(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    double value = bytes;
    int unit = -1;
    // 1023.5 would be shown as 1024.
    while (value >= 1023.5 && unit < BINARY_UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    String format = value < 9.995 ? "%.2f %s" : value < 99.95 ? "%.1f %s" : "%.0f %s";
    return String.format(Locale.ROOT, format, value, BINARY_UNITS[unit]);
  }
}
