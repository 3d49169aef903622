package dev.partita.server.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Whether others can believe a certificate: it is its time, and where we know whom they believe,
/// because pods show each other certificates of the same authorities, it leads to one of them.
final class ChainFit {

  /// How far the clock of whoever made the certificate may be ahead of ours.
  static final Duration LEEWAY = Duration.ofMinutes(5);

  private ChainFit() {}

  /// @throws IOException if the certificate has ended or has not begun
  static void checkTime(X509Certificate own, Path file) throws IOException {
    Instant now = Instant.now();
    Instant begins = own.getNotBefore().toInstant();
    Instant ends = own.getNotAfter().toInstant();
    if (now.isAfter(ends)) {
      throw new IOException("the certificate in " + file + " was valid until " + ends);
    }
    if (now.plus(LEEWAY).isBefore(begins)) {
      throw new IOException("the certificate in " + file + " is not valid before " + begins);
    }
  }

  /// @param chain the own certificate first
  /// @param authorities whom pods believe
  /// @throws IOException if the chain does not lead to one of the authorities
  static void check(
      List<X509Certificate> chain,
      Path file,
      List<X509Certificate> authorities,
      Path authoritiesFile)
      throws IOException {
    X509Certificate own = chain.getFirst();
    if (authorities.contains(own)) {
      return; // believed by itself
    }
    Set<TrustAnchor> anchors =
        authorities.stream().map(a -> new TrustAnchor(a, null)).collect(Collectors.toSet());
    X509CertSelector leaf = new X509CertSelector();
    leaf.setCertificate(own);
    try {
      PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, leaf);
      parameters.addCertStore(
          CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
      parameters.setRevocationEnabled(false);
      parameters.setDate(withLeeway(chain));
      var _ = CertPathBuilder.getInstance("PKIX").build(parameters);
    } catch (GeneralSecurityException e) {
      throw new IOException(
          "the certificate in "
              + file
              + " does not lead to one of "
              + authoritiesFile
              + ": "
              + e.getMessage(),
          e);
    }
  }

  /// Now, or the moment when all of the chain has begun: the leeway of {@link #checkTime}.
  private static Date withLeeway(List<X509Certificate> chain) {
    Instant latest =
        chain.stream()
            .map(c -> c.getNotBefore().toInstant())
            .max(Instant::compareTo)
            .orElse(Instant.EPOCH);
    Instant now = Instant.now();
    return Date.from(latest.isAfter(now) && latest.isBefore(now.plus(LEEWAY)) ? latest : now);
  }
}
