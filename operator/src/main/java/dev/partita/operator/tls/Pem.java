package dev.partita.operator.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;

/// Certificates and keys as text.
public final class Pem {

  private static final int LINE_CHARS = 64;

  private Pem() {}

  public static String of(X509Certificate certificate) {
    try {
      return block("CERTIFICATE", certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was read or made has a form", e);
    }
  }

  /// PKCS #8.
  public static String of(PrivateKey key) {
    return block("PRIVATE KEY", key.getEncoded());
  }

  /// Several, in their order.
  public static String of(List<X509Certificate> certificates) {
    StringBuilder text = new StringBuilder();
    certificates.forEach(c -> text.append(of(c)));
    return text.toString();
  }

  /// All certificates of a text.
  ///
  /// @throws CertificateException if there is none, or one makes no sense
  public static List<X509Certificate> certificates(String text) throws CertificateException {
    List<X509Certificate> found =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)))
            .stream()
            .map(X509Certificate.class::cast)
            .toList();
    if (found.isEmpty()) {
      throw new CertificateException("no certificate in it");
    }
    return found;
  }

  /// A key without a password, as PKCS #8, PKCS #1 or SEC 1, of the kind that a certificate's
  /// public key has.
  ///
  /// @param algorithm `EC`, `RSA`, `EdDSA`
  /// @throws GeneralSecurityException if there is none, or it makes no sense
  public static PrivateKey key(String text, String algorithm) throws GeneralSecurityException {
    try (PEMParser parser = new PEMParser(new StringReader(text))) {
      // OpenSSL writes the parameters of a curve before a SEC 1 key.
      for (Object part = parser.readObject(); part != null; part = parser.readObject()) {
        PrivateKeyInfo key =
            switch (part) {
              case PrivateKeyInfo info -> info;
              case PEMKeyPair pair -> pair.getPrivateKeyInfo();
              default -> null;
            };
        if (key != null) {
          return KeyFactory.getInstance(algorithm)
              .generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded()));
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new GeneralSecurityException("the key cannot be read: " + e.getMessage(), e);
    }
    throw new GeneralSecurityException(
        "no private key in it; keys must be PEM (PKCS #8, PKCS #1 or SEC 1), without a password");
  }

  private static String block(String type, byte[] form) {
    return "-----BEGIN "
        + type
        + "-----\n"
        + Base64.getMimeEncoder(LINE_CHARS, new byte[] {'\n'}).encodeToString(form)
        + "\n-----END "
        + type
        + "-----\n";
  }
}
