package dev.partita.kube.machine;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
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
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A certificate authority for one cluster, with as many certificates as are asked of it.
final class Pki {

  private static final Duration LIFE = Duration.ofDays(365);
  private static final Duration CLOCK_SKEW = Duration.ofHours(1);
  private static final int SERIAL_BITS = 120;

  private final SecureRandom random = new SecureRandom();
  private final X500Name name;
  private final KeyPair keys;
  private final X509CertificateHolder certificate;

  /// A certificate and its key, in PEM.
  record Issued(String certificate, String key) {

    /// Writes `NAME.crt` and `NAME.key`.
    void write(Path folder, String name) {
      Pki.write(folder.resolve(name + ".crt"), certificate);
      Pki.write(folder.resolve(name + ".key"), key);
    }
  }

  Pki(String commonName) {
    this.name = subject(commonName, "");
    this.keys = keys("EC");
    try {
      X509v3CertificateBuilder builder = builder(name, keys);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      builder.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      this.certificate = sign(builder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String certificate() {
    return pem(certificate);
  }

  /// A certificate by which a client shows who it is.
  ///
  /// @param group what Kubernetes takes for the user's group; may be empty
  Issued client(String user, String group) {
    return issue(user, group, KeyPurposeId.id_kp_clientAuth, List.of(), keys("EC"));
  }

  /// As [#client], with an RSA key: Fabric8 cannot read other keys in PKCS #8.
  Issued administrator(String user, String group) {
    return issue(user, group, KeyPurposeId.id_kp_clientAuth, List.of(), keys("RSA"));
  }

  /// A certificate for a server with these names and addresses.
  Issued server(String commonName, List<String> names) {
    return issue(commonName, "", KeyPurposeId.id_kp_serverAuth, names, keys("EC"));
  }

  /// Writes a key that signs without a certificate, as `NAME.key`, and its public half as
  /// `NAME.pub`.
  static void writeKeys(Path folder, String name) {
    KeyPair keys = keys("EC");
    write(folder.resolve(name + ".key"), pem(keys));
    write(folder.resolve(name + ".pub"), pem(keys.getPublic()));
  }

  /// Writes a file that nobody else may read.
  static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Issued issue(
      String user, String group, KeyPurposeId purpose, List<String> names, KeyPair subjectKeys) {
    try {
      X509v3CertificateBuilder builder = builder(subject(user, group), subjectKeys);
      builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
      if (!names.isEmpty()) {
        GeneralName[] alternatives =
            names.stream().map(Pki::generalName).toArray(GeneralName[]::new);
        builder.addExtension(
            Extension.subjectAlternativeName, false, new GeneralNames(alternatives));
      }
      return new Issued(pem(sign(builder)), pem(subjectKeys));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private X509v3CertificateBuilder builder(X500Name subject, KeyPair subjectKeys) {
    Instant now = Instant.now();
    return new JcaX509v3CertificateBuilder(
        name,
        new BigInteger(SERIAL_BITS, random),
        Date.from(now.minus(CLOCK_SKEW)),
        Date.from(now.plus(LIFE)),
        subject,
        subjectKeys.getPublic());
  }

  private X509CertificateHolder sign(X509v3CertificateBuilder builder) {
    try {
      return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()));
    } catch (OperatorCreationException e) {
      throw new IllegalStateException("every Java signs with SHA256withECDSA", e);
    }
  }

  private static X500Name subject(String commonName, String group) {
    X500NameBuilder builder = new X500NameBuilder(BCStyle.INSTANCE);
    if (!group.isEmpty()) {
      builder.addRDN(BCStyle.O, group);
    }
    return builder.addRDN(BCStyle.CN, commonName).build();
  }

  private static GeneralName generalName(String text) {
    boolean address = text.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, text);
  }

  private static KeyPair keys(String algorithm) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(algorithm.equals("RSA") ? 2048 : 256);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + algorithm + " keys", e);
    }
  }

  private static String pem(KeyPair keys) {
    try {
      return pem(new JcaPKCS8Generator(keys.getPrivate(), null));
    } catch (org.bouncycastle.util.io.pem.PemGenerationException e) {
      throw new IllegalStateException("a key that was just made has an encoding", e);
    }
  }

  private static String pem(Object thing) {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(thing);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
