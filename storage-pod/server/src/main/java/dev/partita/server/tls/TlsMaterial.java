package dev.partita.server.tls;

import dev.partita.cluster.peer.PeerTls;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A certificate with the key that fits it, and whom to believe.
///
/// @param certificate PEM: the certificate first, then what leads from it to an authority
/// @param key PEM
/// @param authorities PEM; null where nobody has to show a certificate
/// @param serial the certificate's serial number, hexadecimal
/// @param notAfter when the certificate ends
public record TlsMaterial(
    Buffer certificate, Buffer key, @Nullable Buffer authorities, String serial, Instant notAfter) {

  private static final Set<String> PROTOCOLS = new LinkedHashSet<>(List.of("TLSv1.3", "TLSv1.2"));

  static TlsMaterial of(
      Vertx vertx,
      Buffer certificate,
      Path certificateFile,
      Buffer key,
      Path keyFile,
      @Nullable Buffer authorities,
      Path authoritiesFile)
      throws IOException {
    List<X509Certificate> chain = certificates(certificate, certificateFile);
    X509Certificate own = chain.getFirst();
    ChainFit.checkTime(own, certificateFile);
    if (authorities != null) {
      ChainFit.check(
          chain, certificateFile, certificates(authorities, authoritiesFile), authoritiesFile);
    }
    KeyFit.check(vertx, identity(certificate, key), own, keyFile, certificateFile);
    return new TlsMaterial(
        certificate,
        key,
        authorities,
        own.getSerialNumber().toString(16),
        own.getNotAfter().toInstant());
  }

  private static List<X509Certificate> certificates(Buffer pem, Path file) throws IOException {
    try {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem.getBytes()));
      if (found.isEmpty()) {
        throw new IOException(file + " holds no certificate");
      }
      return found.stream().map(X509Certificate.class::cast).toList();
    } catch (CertificateException e) {
      throw new IOException(file + " is broken: " + e.getMessage(), e);
    }
  }

  private static PemKeyCertOptions identity(Buffer certificate, Buffer key) {
    return new PemKeyCertOptions().addCertValue(certificate).addKeyValue(key);
  }

  /// For a server that everybody may talk to.
  public ServerSSLOptions forEverybody() {
    return new ServerSSLOptions()
        .setKeyCertOptions(identity(certificate, key))
        .setEnabledSecureTransportProtocols(PROTOCOLS);
  }

  /// For a server that looks at the certificate of those who have one.
  public ServerSSLOptions forAcquainted() {
    return forEverybody()
        .setClientAuth(ClientAuth.REQUEST)
        .setTrustOptions(new PemTrustOptions().addCertValue(trusted()));
  }

  /// For the connections between pods.
  public PeerTls forPeers() {
    return new PeerTls(certificate, key, trusted());
  }

  private Buffer trusted() {
    return Objects.requireNonNull(authorities, "read without authorities");
  }

  /// Does not show the key: records end in logs.
  @Override
  public String toString() {
    return "certificate " + serial + ", valid until " + notAfter;
  }
}
