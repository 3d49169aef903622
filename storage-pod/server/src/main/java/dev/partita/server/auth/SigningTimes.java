package dev.partita.server.auth;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads times of signing. Requests of one second share their text, so the last one is kept. Not
/// thread-safe.
final class SigningTimes {

  private static final DateTimeFormatter BASIC =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private @Nullable Time last;

  /// @param text ISO-8601 basic form, or the form of an HTTP `Date`
  /// @throws dev.partita.model.error.ApiException IncompleteSignatureException
  Time parse(String text) {
    Time known = last;
    if (known != null && known.sent().equals(text)) {
      return known;
    }
    Time parsed = read(text);
    last = parsed;
    return parsed;
  }

  static String format(long epochSecond) {
    return BASIC.format(Instant.ofEpochSecond(epochSecond).atOffset(ZoneOffset.UTC));
  }

  private static Time read(String text) {
    try {
      long second;
      if (text.endsWith("GMT")) {
        second = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)).getEpochSecond();
      } else {
        second = LocalDateTime.parse(text, BASIC).toEpochSecond(ZoneOffset.UTC);
      }
      String basic = format(second);
      return new Time(text, basic, basic.substring(0, 8), second);
    } catch (DateTimeException _) {
      throw AuthErrors.badDate(text);
    }
  }

  /// @param sent as in the request
  /// @param basic `20260102T030405Z`
  /// @param day `20260102`
  record Time(String sent, String basic, String day, long epochSecond) {
    byte[] basicOctets() {
      return basic.getBytes(StandardCharsets.US_ASCII);
    }
  }
}
