package dev.partita.operator.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.util.io.pem.PemObject;
import org.junit.jupiter.api.Test;

/// Certificates of the operator's own making.
class AuthorityTest {

  private static final Instant NOW = Instant.parse("2026-11-22T15:00:00Z");
  private final Authority authority = Authority.create("orders", NOW);

  private KeyedCertificate leaf() {
    return authority.issue(
        new LeafRequest("partita-pod", List.of("*.orders-pods.shop.svc"), List.of("127.0.0.1")),
        NOW);
  }

  @Test
  void aLeafIsSignedByItsAuthorityAndByNoOther() {
    assertThat(leaf().issuedBy(authority.own().certificate())).isTrue();
    assertThat(leaf().issuedBy(Authority.create("orders", NOW).own().certificate())).isFalse();
  }

  @Test
  void aLeafHasTheNamesThatWereAskedFor() {
    assertThat(leaf().names()).containsExactlyInAnyOrder("*.orders-pods.shop.svc", "127.0.0.1");
    assertThat(leaf().certificate().getSubjectX500Principal().getName())
        .isEqualTo("CN=partita-pod");
  }

  @Test
  void aLeafIsRenewedAfterTwoThirdsOfNinetyDays() {
    assertThat(leaf().notAfter()).isEqualTo(NOW.plus(Duration.ofDays(90)));
    assertThat(leaf().renewAt())
        .isBetween(NOW.plus(Duration.ofDays(59)), NOW.plus(Duration.ofDays(61)));
  }

  @Test
  void aLeafNeverOutlivesItsAuthority() {
    Instant late = NOW.plus(Authority.AUTHORITY_LIFE).minus(Duration.ofDays(1));

    assertThat(
            authority.issue(new LeafRequest("partita-pod", List.of(), List.of()), late).notAfter())
        .isEqualTo(authority.own().notAfter());
  }

  @Test
  void whatIsWrittenIsReadAgain() throws Exception {
    KeyedCertificate leaf = leaf();

    KeyedCertificate read = KeyedCertificate.read(Pem.of(leaf.certificate()), Pem.of(leaf.key()));

    assertThat(read.serial()).isEqualTo(leaf.serial()).hasSize(30);
    assertThat(
            KeyedCertificate.read(
                    Pem.of(authority.own().certificate()), Pem.of(authority.own().key()))
                .serial())
        .isEqualTo(authority.own().serial());
  }

  @Test
  void keysAreReadInTheFormsThatPodsRead() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    PrivateKey rsa = generator.generateKeyPair().getPrivate();
    KeyedCertificate leaf = leaf();
    String ec = traditional(leaf.key());
    String certificate = Pem.of(leaf.certificate());
    String parameters =
        "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n";

    assertThat(traditional(rsa)).contains("BEGIN RSA PRIVATE KEY");
    assertThat(Pem.key(traditional(rsa), "RSA")).isEqualTo(rsa);
    assertThat(ec).contains("BEGIN EC PRIVATE KEY");
    // What does not fit the certificate would be refused.
    for (String form : List.of(ec, parameters + ec, Pem.of(leaf.key()))) {
      assertThat(KeyedCertificate.read(certificate, form).serial()).isEqualTo(leaf.serial());
    }
  }

  /// As OpenSSL writes them: PKCS #1 and SEC 1.
  private static String traditional(PrivateKey key) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      if (key instanceof ECPrivateKey ec) {
        var form =
            new org.bouncycastle.asn1.sec.ECPrivateKey(
                256, ec.getS(), SECObjectIdentifiers.secp256r1);
        writer.writeObject(new PemObject("EC PRIVATE KEY", form.getEncoded()));
      } else {
        writer.writeObject(key);
      }
    }
    return text.toString();
  }

  @Test
  void aKeyThatIsNotTheCertificatesIsRefused() {
    assertThatThrownBy(
            () -> KeyedCertificate.read(Pem.of(leaf().certificate()), Pem.of(leaf().key())))
        .isInstanceOf(GeneralSecurityException.class)
        .hasMessage("the key is not the certificate's");
  }

  @Test
  void nonsenseIsRefusedWithASentence() {
    assertThatThrownBy(() -> KeyedCertificate.read("", ""))
        .isInstanceOf(GeneralSecurityException.class);
    assertThatThrownBy(() -> KeyedCertificate.read(Pem.of(leaf().certificate()), "hello"))
        .hasMessageContaining("PKCS #8");
  }
}
