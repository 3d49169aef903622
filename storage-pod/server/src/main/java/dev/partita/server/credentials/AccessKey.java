package dev.partita.server.credentials;

import java.util.regex.Pattern;

/// One pair of credentials.
///
/// @param id what a client sends: 3 to 128 letters, digits, `_` or `-`
/// @param secret what it signs with: 8 to 256 visible ASCII characters
public record AccessKey(String id, String secret) {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{3,128}");
  private static final Pattern SECRET = Pattern.compile("[!-~]{8,256}");

  public AccessKey {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "an access key id has 3 to 128 letters, digits, '_' or '-'");
    }
    if (!SECRET.matcher(secret).matches()) {
      throw new IllegalArgumentException(
          "the secret of access key " + id + " must have 8 to 256 visible characters");
    }
  }

  /// Does not show the secret: records end in logs.
  @Override
  public String toString() {
    return "AccessKey[" + id + "]";
  }
}
