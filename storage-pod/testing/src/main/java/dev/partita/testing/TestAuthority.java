package dev.partita.testing;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/// A certificate authority that lives as long as a test.
public final class TestAuthority {

  private static final int CURVE_BITS = 256;
  private static final int RSA_BITS = 2_048;
  private static final Duration VALID = Duration.ofDays(1);
  private static final AtomicLong SERIALS = new AtomicLong(0x1000);

  private final X500Principal subject;
  private final KeyPair keys = newKeys();
  private final X509Certificate certificate;

  /// @param name common name
  public TestAuthority(String name) {
    subject = new X500Principal("CN=" + name);
    certificate = sign(subject, keys, true);
  }

  /// A certificate with its key.
  ///
  /// @param certificate PEM
  /// @param key PEM, PKCS 8
  /// @param x509 the same certificate
  /// @param privateKey the same key
  public record Issued(
      String certificate, String key, X509Certificate x509, PrivateKey privateKey) {

    /// Hexadecimal.
    public String serial() {
      return x509.getSerialNumber().toString(16);
    }

    /// Writes `tls.crt`, `tls.key` and `ca.crt` into a folder, one after the other.
    ///
    /// @return the folder
    public Path writeTo(Path folder, TestAuthority... believed) throws IOException {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("tls.crt"), certificate);
      Files.writeString(folder.resolve("tls.key"), key);
      Files.writeString(folder.resolve("ca.crt"), TestAuthority.pem(believed));
      return folder;
    }
  }

  /// @param commonName of the subject
  /// @param names DNS names and addresses that the certificate is good for
  public Issued issue(String commonName, String... names) {
    KeyPair own = newKeys();
    X509Certificate issued = sign(new X500Principal("CN=" + commonName), own, false, names);
    return new Issued(pem(issued), pem(own.getPrivate()), issued, own.getPrivate());
  }

  /// Good for some other time than now.
  ///
  /// @param from when it begins
  /// @param to when it ends
  public Issued issueFor(String commonName, Instant from, Instant to) {
    KeyPair own = newKeys();
    X509Certificate issued = sign(new X500Principal("CN=" + commonName), own, false, from, to);
    return new Issued(pem(issued), pem(own.getPrivate()), issued, own.getPrivate());
  }

  /// With a key of an elliptic curve in the form of `openssl ec`.
  public Issued issueTraditional() {
    KeyPair own = newKeys();
    X509Certificate issued = sign(new X500Principal("CN=traditional"), own, false);
    ECPrivateKey key = (ECPrivateKey) own.getPrivate();
    var structure =
        new org.bouncycastle.asn1.sec.ECPrivateKey(
            CURVE_BITS, key.getS(), SECObjectIdentifiers.secp256r1);
    try {
      PemObject pem = new PemObject("EC PRIVATE KEY", structure.getEncoded());
      return new Issued(pem(issued), pem(pem), issued, key);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// With an RSA key in the form of PKCS 1, as cert-manager writes it.
  public Issued issueRsa() {
    KeyPair own = newRsaKeys();
    X509Certificate issued = sign(new X500Principal("CN=rsa"), own, false);
    return new Issued(pem(issued), pemOf(own.getPrivate()), issued, own.getPrivate());
  }

  /// Some RSA key, PKCS 8 in PEM.
  public static String rsaKey() {
    return pem(newRsaKeys().getPrivate());
  }

  /// For a client that believes this authority.
  ///
  /// @param shown what the client shows of itself; nothing or one
  public SSLContext clientContext(Issued... shown) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          shown.length == 0 ? null : new KeyManager[] {new Insistent(shown[0])},
          trustManagers(),
          null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot set up a client", e);
    }
  }

  /// Believe this authority.
  public TrustManager[] trustManagers() {
    try {
      KeyStore trust = KeyStore.getInstance("PKCS12");
      trust.load(null, null);
      trust.setCertificateEntry("authority", certificate);
      TrustManagerFactory trusting =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trusting.init(trust);
      return trusting.getTrustManagers();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("cannot set up a client", e);
    }
  }

  /// The certificates of some authorities, one behind the other.
  public static String pem(TestAuthority... authorities) {
    return Arrays.stream(authorities).map(a -> pem(a.certificate)).collect(Collectors.joining());
  }

  private X509Certificate sign(
      X500Principal whom, KeyPair whose, boolean authority, String... names) {
    Instant now = Instant.now();
    return sign(whom, whose, authority, now.minusSeconds(60), now.plus(VALID), names);
  }

  private X509Certificate sign(
      X500Principal whom,
      KeyPair whose,
      boolean authority,
      Instant from,
      Instant to,
      String... names) {
    try {
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              subject,
              BigInteger.valueOf(SERIALS.incrementAndGet()),
              Date.from(from),
              Date.from(to),
              whom,
              whose.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      if (names.length > 0) {
        GeneralName[] alternatives =
            Arrays.stream(names).map(TestAuthority::name).toArray(GeneralName[]::new);
        builder.addExtension(
            Extension.subjectAlternativeName, false, new GeneralNames(alternatives));
      }
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    } catch (IOException | OperatorCreationException | GeneralSecurityException e) {
      throw new IllegalStateException("cannot make a certificate", e);
    }
  }

  private static GeneralName name(String name) {
    boolean address =
        name.chars().allMatch(c -> Character.digit(c, 16) >= 0 || c == '.' || c == ':');
    return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, name);
  }

  private static KeyPair newKeys() {
    return newKeys("EC", CURVE_BITS);
  }

  private static KeyPair newRsaKeys() {
    return newKeys("RSA", RSA_BITS);
  }

  private static KeyPair newKeys(String algorithm, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }

  private static String pem(Object what) {
    try {
      return pemOf(what instanceof PrivateKey key ? new JcaPKCS8Generator(key, null) : what);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String pemOf(Object what) {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
      pem.writeObject(what);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /// Shows its certificate whether or not the server says that it believes such ones.
  private static final class Insistent extends X509ExtendedKeyManager {
    private static final String ALIAS = "own";
    private final Issued own;

    Insistent(Issued own) {
      this.own = own;
    }

    @Override
    public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
      return ALIAS;
    }

    @Override
    public String chooseEngineClientAlias(String[] keyType, Principal[] issuers, SSLEngine engine) {
      return ALIAS;
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
      return new String[] {ALIAS};
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
      return new String[0];
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
      throw new UnsupportedOperationException("for clients");
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return new X509Certificate[] {own.x509};
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return own.privateKey;
    }
  }
}
