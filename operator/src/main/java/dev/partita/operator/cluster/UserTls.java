package dev.partita.operator.cluster;

import dev.partita.operator.tls.KeyedCertificate;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Whether a Secret that the operator did not make will do for the client port.
public final class UserTls {

  private UserTls() {}

  /// @param name of the Secret
  /// @param secret its texts
  /// @param host by which the cluster is reached, also by the operator
  public static Optional<Trouble> check(
      String name, Map<String, String> secret, String host, Instant now) {
    for (String key : List.of("tls.crt", "tls.key")) {
      if (secret.getOrDefault(key, "").isBlank()) {
        return trouble("SecretIncomplete", "the Secret " + name + " has no " + key);
      }
    }
    KeyedCertificate leaf;
    try {
      leaf =
          KeyedCertificate.read(
              secret.getOrDefault("tls.crt", ""), secret.getOrDefault("tls.key", ""));
    } catch (GeneralSecurityException e) {
      return trouble(
          "SecretBroken",
          "the certificate in the Secret " + name + " cannot be used: " + e.getMessage());
    }
    if (!now.isBefore(leaf.notAfter())) {
      return trouble(
          "CertificateExpired",
          "the certificate in the Secret " + name + " expired at " + leaf.notAfter());
    }
    if (now.isBefore(leaf.notBefore())) {
      return trouble(
          "CertificateNotYetValid",
          "the certificate in the Secret " + name + " is valid from " + leaf.notBefore());
    }
    if (leaf.names().stream().noneMatch(n -> covers(n, host))) {
      return trouble(
          "CertificateNameMissing",
          "the certificate in the Secret "
              + name
              + " is not for "
              + host
              + ", only for "
              + leaf.names());
    }
    return Optional.empty();
  }

  /// RFC 6125: a wildcard stands for one label, the first.
  static boolean covers(String name, String host) {
    String pattern = name.toLowerCase(Locale.ROOT);
    String wanted = host.toLowerCase(Locale.ROOT);
    if (!pattern.startsWith("*.")) {
      return pattern.equals(wanted);
    }
    int dot = wanted.indexOf('.');
    return dot > 0 && wanted.substring(dot).equals(pattern.substring(1));
  }

  private static Optional<Trouble> trouble(String reason, String sentence) {
    return Optional.of(new Trouble(reason, sentence));
  }
}
