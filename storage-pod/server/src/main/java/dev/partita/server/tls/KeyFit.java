package dev.partita.server.tls;

import io.vertx.core.Vertx;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/// Whether a private key belongs to a certificate. The libraries only notice in a handshake, which
/// is too late for whoever replaced one file of two.
final class KeyFit {

  private static final byte[] PROBE = {'p', 'a', 'r', 't', 'i', 't', 'a'};

  private KeyFit() {}

  /// @throws IOException if the key cannot be read or does not fit
  static void check(
      Vertx vertx,
      PemKeyCertOptions identity,
      X509Certificate certificate,
      Path keyFile,
      Path certificateFile)
      throws IOException {
    PrivateKey key = key(vertx, identity, certificate, keyFile);
    if (key == null || !signs(key, certificate)) {
      throw new IOException("the key in " + keyFile + " does not fit " + certificateFile);
    }
  }

  private static @Nullable PrivateKey key(
      Vertx vertx, PemKeyCertOptions identity, X509Certificate certificate, Path file)
      throws IOException {
    try {
      for (KeyManager manager : identity.getKeyManagerFactory(vertx).getKeyManagers()) {
        if (manager instanceof X509KeyManager keys) {
          String[] aliases = keys.getServerAliases(certificate.getPublicKey().getAlgorithm(), null);
          return aliases == null || aliases.length == 0 ? null : keys.getPrivateKey(aliases[0]);
        }
      }
      return null;
    } catch (IllegalArgumentException otherKind) {
      return null;
    } catch (Exception e) {
      throw new IOException(file + " is broken: " + e.getMessage(), e);
    }
  }

  private static boolean signs(PrivateKey key, X509Certificate certificate) throws IOException {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          case "EdDSA", "Ed25519", "Ed448" -> "EdDSA";
          default -> throw new IOException("no TLS with a key of kind " + key.getAlgorithm());
        };
    try {
      Signature signing = Signature.getInstance(algorithm);
      signing.initSign(key);
      signing.update(PROBE);
      Signature verifying = Signature.getInstance(algorithm);
      verifying.initVerify(certificate.getPublicKey());
      verifying.update(PROBE);
      return verifying.verify(signing.sign());
    } catch (GeneralSecurityException _) {
      return false; // a key of another kind than the certificate's
    }
  }
}
