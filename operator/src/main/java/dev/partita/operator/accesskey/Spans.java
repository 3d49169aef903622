package dev.partita.operator.accesskey;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Durations as manifests write them: `720h`, `1h30m`, `90s`.
final class Spans {

  private static final Pattern SPAN =
      Pattern.compile("(?:([0-9]{1,5})h)?(?:([0-9]{1,5})m)?(?:([0-9]{1,5})s)?");

  private Spans() {}

  /// @return null where the text is not one
  static @Nullable Duration parse(String text) {
    Matcher matcher = SPAN.matcher(text);
    return text.isEmpty() || !matcher.matches()
        ? null
        : Duration.ofHours(number(matcher.group(1)))
            .plusMinutes(number(matcher.group(2)))
            .plusSeconds(number(matcher.group(3)));
  }

  private static long number(@Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
