package dev.partita.operator.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// TLS contexts of the JDK from PEM.
public final class TlsContexts {

  private static final char[] NO_PASSWORD = {};

  private TlsContexts() {}

  /// Shows a certificate, and trusts only these authorities.
  public static SSLContext mutual(String certificate, String key, String authorities)
      throws GeneralSecurityException {
    try {
      KeyedCertificate own = KeyedCertificate.read(certificate, key);
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, NO_PASSWORD);
      store.setKeyEntry("own", own.key(), NO_PASSWORD, new X509Certificate[] {own.certificate()});
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, NO_PASSWORD);
      return context(keys.getKeyManagers(), authorities);
    } catch (IOException e) {
      throw new IllegalStateException("an empty key store is read from nowhere", e);
    }
  }

  /// Trusts only these authorities.
  public static SSLContext trusting(String authorities) throws GeneralSecurityException {
    try {
      return context(null, authorities);
    } catch (IOException e) {
      throw new IllegalStateException("an empty key store is read from nowhere", e);
    }
  }

  private static SSLContext context(KeyManager @Nullable [] keys, String authorities)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    int number = 0;
    for (X509Certificate authority : Pem.certificates(authorities)) {
      store.setCertificateEntry("ca-" + number, authority);
      number++;
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, trust.getTrustManagers(), null);
    return context;
  }
}
