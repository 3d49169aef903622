package dev.partita.e2e.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// Trust in certificates that are not the JVM's own.
public final class Trust {

  private static final char[] NO_PASSWORD = new char[0];

  private Trust() {}

  /// @param pem one or more certificates
  public static SSLContext in(String pem) {
    return context(null, pem);
  }

  /// Trust, and a client certificate to show.
  ///
  /// @param pem one or more certificates to trust
  /// @param certificate the own one, PEM
  /// @param key its private key of an elliptic curve, PKCS #8 in PEM
  public static SSLContext in(String pem, String certificate, String key) {
    try {
      KeyStore own = KeyStore.getInstance("PKCS12");
      own.load(null, null);
      own.setKeyEntry("own", privateKey(key), NO_PASSWORD, chain(certificate));
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(own, NO_PASSWORD);
      return context(keys.getKeyManagers(), pem);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("not a certificate and its key", e);
    }
  }

  private static SSLContext context(KeyManager @Nullable [] own, String pem) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(own, managers(pem), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static PrivateKey privateKey(String pem) throws GeneralSecurityException {
    String body = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
    return KeyFactory.getInstance("EC")
        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body)));
  }

  private static Certificate[] chain(String pem) throws GeneralSecurityException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(bytes(pem))
        .toArray(Certificate[]::new);
  }

  private static ByteArrayInputStream bytes(String pem) {
    return new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
  }

  /// @param pem one or more certificates
  public static TrustManager[] managers(String pem) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      int number = 0;
      for (Certificate certificate : chain(pem)) {
        store.setCertificateEntry("ca-" + number++, certificate);
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return factory.getTrustManagers();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("not certificates", e);
    }
  }
}
