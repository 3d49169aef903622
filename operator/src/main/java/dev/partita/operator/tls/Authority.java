package dev.partita.operator.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Signs the certificates of one cluster. EC on P-256 throughout, SHA-256.
public record Authority(KeyedCertificate own) {

  public static final Duration AUTHORITY_LIFE = Duration.ofDays(3650);
  public static final Duration LEAF_LIFE = Duration.ofDays(90);

  /// Clocks of pods and nodes may be behind by this much.
  private static final Duration BACKDATED = Duration.ofMinutes(5);

  private static final int SERIAL_BITS = 120;
  private static final String SIGNATURE = "SHA256withECDSA";
  private static final SecureRandom RANDOM = new SecureRandom();

  /// A new one.
  ///
  /// @param name of the cluster; the subject also has part of the serial number, so that two of one
  ///   cluster are told apart
  public static Authority create(String name, Instant now) {
    try {
      KeyPair keys = keys();
      BigInteger serial = serial();
      String shortName = name.length() <= 40 ? name : name.substring(0, 40);
      X500Name subject =
          name("Partita CA " + shortName + " " + serial.toString(16).substring(0, 8));
      X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
                  subject,
                  serial,
                  Date.from(now.minus(BACKDATED)),
                  Date.from(now.plus(AUTHORITY_LIFE)),
                  subject,
                  keys.getPublic())
              .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
              .addExtension(
                  Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
              .addExtension(
                  Extension.subjectKeyIdentifier,
                  false,
                  new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
      return new Authority(new KeyedCertificate(sign(builder, keys), keys.getPrivate()));
    } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
      throw new IllegalStateException("making an authority needs nothing but the JDK", e);
    }
  }

  /// A new leaf, good for servers and for clients: pods are both to each other.
  public KeyedCertificate issue(LeafRequest request, Instant now) {
    try {
      KeyPair keys = keys();
      X509Certificate authority = own.certificate();
      Instant end = now.plus(LEAF_LIFE);
      JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
      X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
                  X500Name.getInstance(authority.getSubjectX500Principal().getEncoded()),
                  serial(),
                  Date.from(now.minus(BACKDATED)),
                  Date.from(end.isBefore(own.notAfter()) ? end : own.notAfter()),
                  name(request.commonName()),
                  keys.getPublic())
              .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
              .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
              .addExtension(
                  Extension.extendedKeyUsage,
                  false,
                  new ExtendedKeyUsage(
                      new KeyPurposeId[] {
                        KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
                      }))
              .addExtension(
                  Extension.subjectKeyIdentifier,
                  false,
                  extensions.createSubjectKeyIdentifier(keys.getPublic()))
              .addExtension(
                  Extension.authorityKeyIdentifier,
                  false,
                  extensions.createAuthorityKeyIdentifier(authority.getPublicKey()));
      if (!request.names().isEmpty()) {
        builder.addExtension(Extension.subjectAlternativeName, false, alternatives(request));
      }
      KeyPair signer = new KeyPair(authority.getPublicKey(), own.key());
      return new KeyedCertificate(sign(builder, signer), keys.getPrivate());
    } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
      throw new IllegalStateException("a leaf by a good authority needs nothing but the JDK", e);
    }
  }

  private static GeneralNames alternatives(LeafRequest request) {
    return new GeneralNames(
        Stream.concat(
                request.dnsNames().stream().map(n -> new GeneralName(GeneralName.dNSName, n)),
                request.addresses().stream().map(a -> new GeneralName(GeneralName.iPAddress, a)))
            .toArray(GeneralName[]::new));
  }

  private static X500Name name(String commonName) {
    return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, commonName).build();
  }

  private static X509Certificate sign(X509v3CertificateBuilder builder, KeyPair signer)
      throws GeneralSecurityException, OperatorCreationException {
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder(SIGNATURE).build(signer.getPrivate())));
  }

  private static KeyPair keys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
    return generator.generateKeyPair();
  }

  /// Its top bit is set: always the same length, never zero.
  private static BigInteger serial() {
    return new BigInteger(SERIAL_BITS - 1, RANDOM).setBit(SERIAL_BITS - 1);
  }
}
