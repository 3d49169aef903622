package dev.partita.operator.accesskey;

import java.security.SecureRandom;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Makes key pairs: an id of 20 characters that says whose it is, and a secret of 40.
final class NewKeys {

  private static final String PREFIX = "PARTITA";
  private static final String ID_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final String SECRET_LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final int ID_CHARS = 20;
  private static final int SECRET_CHARS = 40;

  private final SecureRandom random;

  NewKeys(SecureRandom random) {
    this.random = random;
  }

  /// @param token digest of the `rotationToken`; null for none
  LiveKey make(Instant now, @Nullable String token) {
    return new LiveKey(
        text(PREFIX, ID_LETTERS, ID_CHARS),
        text("", SECRET_LETTERS, SECRET_CHARS),
        now,
        token,
        null);
  }

  private String text(String begin, String letters, int length) {
    StringBuilder text = new StringBuilder(begin);
    while (text.length() < length) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }
}
