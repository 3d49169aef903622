package dev.partita.operator.cluster;

import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Short digests of what is mounted into pods.
final class Hashes {

  private static final int DIGEST_BYTES = 8;

  private Hashes() {}

  static String of(String text) {
    return digest(text);
  }

  /// Of the data of Secrets; one that is missing counts as empty.
  static String of(@Nullable Secret... secrets) {
    StringBuilder all = new StringBuilder();
    for (Secret secret : secrets) {
      if (secret != null && secret.getData() != null) {
        all.append(new TreeMap<>(secret.getData()));
      }
      all.append('\n');
    }
    return digest(all.toString());
  }

  private static String digest(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
