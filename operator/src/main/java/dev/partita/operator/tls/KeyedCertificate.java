package dev.partita.operator.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// A certificate with its private key.
public record KeyedCertificate(X509Certificate certificate, PrivateKey key) {

  private static final int CHALLENGE_BYTES = 32;

  /// As in `tls.crt` and `tls.key`; of a chain the first certificate counts.
  ///
  /// @throws GeneralSecurityException with a sentence, if either makes no sense or they do not fit
  public static KeyedCertificate read(String certificate, String key)
      throws GeneralSecurityException {
    X509Certificate leaf = Pem.certificates(certificate).getFirst();
    PrivateKey secret = Pem.key(key, leaf.getPublicKey().getAlgorithm());
    if (!fits(leaf, secret)) {
      throw new GeneralSecurityException("the key is not the certificate's");
    }
    return new KeyedCertificate(leaf, secret);
  }

  /// The serial number as pods report it: hexadecimal, lower case, no leading zeros.
  public String serial() {
    return certificate.getSerialNumber().toString(16);
  }

  public Instant notBefore() {
    return certificate.getNotBefore().toInstant();
  }

  public Instant notAfter() {
    return certificate.getNotAfter().toInstant();
  }

  /// When it should be replaced: after two thirds of its life.
  public Instant renewAt() {
    long life = notAfter().getEpochSecond() - notBefore().getEpochSecond();
    return notBefore().plusSeconds(life / 3 * 2);
  }

  /// Whether an authority signed it.
  public boolean issuedBy(X509Certificate authority) {
    try {
      certificate.verify(authority.getPublicKey());
      return certificate.getIssuerX500Principal().equals(authority.getSubjectX500Principal());
    } catch (GeneralSecurityException _) {
      // That is the answer, not a failure.
      return false;
    }
  }

  /// DNS names and addresses in it.
  public Set<String> names() {
    Set<String> names = new TreeSet<>();
    try {
      Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
      if (alternatives != null) {
        alternatives.forEach(name -> names.add(String.valueOf(name.get(1))));
      }
    } catch (CertificateParsingException _) {
      // One whose names cannot be read has none that count.
      return Set.of();
    }
    return names;
  }

  private static boolean fits(X509Certificate certificate, PrivateKey key)
      throws GeneralSecurityException {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> key.getAlgorithm();
        };
    byte[] challenge = new byte[CHALLENGE_BYTES];
    new SecureRandom().nextBytes(challenge);
    Signature signer = Signature.getInstance(algorithm);
    signer.initSign(key);
    signer.update(challenge);
    byte[] signature = signer.sign();
    Signature verifier = Signature.getInstance(algorithm);
    // By the key, not the certificate: an authority's may not sign anything but certificates.
    verifier.initVerify(certificate.getPublicKey());
    verifier.update(challenge);
    return verifier.verify(signature);
  }

  @Override
  public String toString() {
    return "KeyedCertificate[" + certificate.getSubjectX500Principal() + " " + serial() + "]";
  }
}
