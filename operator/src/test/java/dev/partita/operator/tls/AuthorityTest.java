package dev.partita.operator.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
