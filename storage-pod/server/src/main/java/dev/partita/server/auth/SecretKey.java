package dev.partita.server.auth;

import org.jspecify.annotations.Nullable;

/// A pair that signs requests.
///
/// @param accessKeyId the public half
/// @param secret the secret half; never printed
/// @param sessionToken what a temporary pair must send along; null for a lasting one
/// @param principal ARN of whom the pair speaks for
public record SecretKey(
    String accessKeyId, String secret, @Nullable String sessionToken, String principal) {

  /// A lasting pair of a user of the given account.
  public static SecretKey of(String accessKeyId, String secret, String account) {
    return new SecretKey(
        accessKeyId, secret, null, "arn:aws:iam::" + account + ":user/" + accessKeyId);
  }

  @Override
  public String toString() {
    return "SecretKey[" + accessKeyId + "]";
  }
}
