package dev.partita.server.manifest;

import java.util.Locale;
import java.util.Map;

/// Guesses from the API's error text which field of a spec it is about: the one whose name comes
/// first in it.
final class FaultFinder {
  private FaultFinder() {}

  /// @param lines line of each member that is given
  /// @param otherwise where the text names none of them
  static int line(String message, Map<String, Integer> lines, int otherwise) {
    String text = message.toLowerCase(Locale.ROOT);
    int line = otherwise;
    int first = Integer.MAX_VALUE;
    for (Map.Entry<String, Integer> member : lines.entrySet()) {
      int at = text.indexOf(member.getKey().toLowerCase(Locale.ROOT));
      if (at >= 0 && at < first) {
        first = at;
        line = member.getValue();
      }
    }
    return line;
  }
}
