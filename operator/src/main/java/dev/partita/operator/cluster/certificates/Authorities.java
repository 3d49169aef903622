package dev.partita.operator.cluster.certificates;

import dev.partita.operator.tls.Authority;
import dev.partita.operator.tls.KeyedCertificate;
import dev.partita.operator.tls.Pem;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The authorities of a cluster, as the Secret `NAME-ca` holds them. There is one but while it is
/// being exchanged, which goes in three steps that each wait for all pods:
///
/// ```
/// steady      current                 leaves by current, all trust current
/// announced   current, next           leaves by current, all trust both
/// switched    current (was next), old leaves by current, all trust both
/// steady      current
/// ```
///
/// @param next announced, not signing yet
/// @param old signs no more
public record Authorities(
    Authority current, @Nullable Authority next, @Nullable X509Certificate old) {

  /// @throws GeneralSecurityException with a sentence, if the Secret makes no sense
  static Authorities read(Map<String, String> secret) throws GeneralSecurityException {
    String certificate = secret.get("tls.crt");
    String key = secret.get("tls.key");
    if (certificate == null || key == null) {
      throw new GeneralSecurityException("tls.crt or tls.key is missing");
    }
    String nextCertificate = secret.get("next.crt");
    String nextKey = secret.get("next.key");
    String old = secret.get("old.crt");
    return new Authorities(
        new Authority(KeyedCertificate.read(certificate, key)),
        nextCertificate == null || nextKey == null
            ? null
            : new Authority(KeyedCertificate.read(nextCertificate, nextKey)),
        old == null ? null : Pem.certificates(old).getFirst());
  }

  Map<String, String> write() {
    Map<String, String> secret = new TreeMap<>();
    secret.put("tls.crt", Pem.of(current.own().certificate()));
    secret.put("tls.key", Pem.of(current.own().key()));
    if (next != null) {
      secret.put("next.crt", Pem.of(next.own().certificate()));
      secret.put("next.key", Pem.of(next.own().key()));
    }
    if (old != null) {
      secret.put("old.crt", Pem.of(old));
    }
    return secret;
  }

  /// What `ca.crt` says: everybody that is to be trusted now.
  public String bundle() {
    List<X509Certificate> trusted = new ArrayList<>();
    trusted.add(current.own().certificate());
    if (next != null) {
      trusted.add(next.own().certificate());
    }
    if (old != null) {
      trusted.add(old);
    }
    return Pem.of(trusted);
  }

  boolean steady() {
    return next == null && old == null;
  }

  Authorities announce(Authority successor) {
    return new Authorities(current, successor, null);
  }

  Authorities switchOver() {
    if (next == null) {
      throw new IllegalStateException("nobody was announced");
    }
    return new Authorities(next, null, current.own().certificate());
  }

  Authorities retire() {
    return new Authorities(current, null, null);
  }
}
