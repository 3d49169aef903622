package dev.partita.operator.accesskey;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// A key pair that the pods accept.
///
/// @param createdAt whole seconds
/// @param token digest of the `rotationToken` that it was made under; null for none
/// @param retiredAt when the user's Secret got the next one; null while it is not replaced
record LiveKey(
    String id,
    String secret,
    Instant createdAt,
    @Nullable String token,
    @Nullable Instant retiredAt) {

  private static final int FINGERPRINT_BYTES = 8;

  LiveKey retired(Instant now) {
    return new LiveKey(id, secret, createdAt, token, now);
  }

  /// @return null while it is not replaced
  @Nullable Instant expiresAt(Duration overlap) {
    return retiredAt == null ? null : retiredAt.plus(overlap);
  }

  /// As the pods report it: the first 16 hexadecimal digits of SHA-256 of the secret.
  String fingerprint() {
    return digest(secret);
  }

  /// 16 hexadecimal digits.
  static String digest(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, FINGERPRINT_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /// Without the secret: records find their ways into logs.
  @Override
  public String toString() {
    return "LiveKey[" + id + "]";
  }
}
