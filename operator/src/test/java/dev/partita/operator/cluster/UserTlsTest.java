package dev.partita.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.operator.tls.Authority;
import dev.partita.operator.tls.KeyedCertificate;
import dev.partita.operator.tls.LeafRequest;
import dev.partita.operator.tls.Pem;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A certificate that somebody else brings.
class UserTlsTest {

  private static final Instant NOW = Instant.parse("2026-11-22T15:00:00Z");
  private static final String HOST = "orders.shop.svc";
  private static final Authority AUTHORITY = Authority.create("theirs", NOW);

  private static Map<String, String> secret(String name) {
    KeyedCertificate leaf = AUTHORITY.issue(new LeafRequest("x", List.of(name), List.of()), NOW);
    Map<String, String> secret = new HashMap<>();
    secret.put("tls.crt", Pem.of(leaf.certificate()));
    secret.put("tls.key", Pem.of(leaf.key()));
    return secret;
  }

  private static String reason(Map<String, String> secret, Instant now) {
    return UserTls.check("mine", secret, HOST, now).map(Trouble::reason).orElse("good");
  }

  @Test
  void oneForTheServiceWillDo() {
    assertThat(reason(secret(HOST), NOW)).isEqualTo("good");
    assertThat(reason(secret("*.shop.svc"), NOW)).isEqualTo("good");
  }

  @Test
  void aMissingKeyIsNamed() {
    Map<String, String> secret = secret(HOST);
    secret.remove("tls.key");

    assertThat(UserTls.check("mine", secret, HOST, NOW))
        .contains(new Trouble("SecretIncomplete", "the Secret mine has no tls.key"));
  }

  @Test
  void aKeyOfAnotherCertificateIsRefused() {
    Map<String, String> secret = secret(HOST);
    secret.put("tls.key", String.valueOf(secret(HOST).get("tls.key")));

    assertThat(reason(secret, NOW)).isEqualTo("SecretBroken");
  }

  @Test
  void nonsenseIsRefused() {
    assertThat(reason(Map.of("tls.crt", "x", "tls.key", "y"), NOW)).isEqualTo("SecretBroken");
  }

  @Test
  void oneThatHasExpiredIsRefused() {
    assertThat(reason(secret(HOST), NOW.plus(Duration.ofDays(90)))).isEqualTo("CertificateExpired");
    assertThat(reason(secret(HOST), NOW.minus(Duration.ofDays(1))))
        .isEqualTo("CertificateNotYetValid");
  }

  @Test
  void oneForAnotherHostIsRefused() {
    assertThat(reason(secret("db.example.com"), NOW)).isEqualTo("CertificateNameMissing");
    assertThat(reason(secret("*.svc"), NOW)).isEqualTo("CertificateNameMissing");
  }
}
