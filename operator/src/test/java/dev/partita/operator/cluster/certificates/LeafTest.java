package dev.partita.operator.cluster.certificates;

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

/// When a certificate is made anew.
class LeafTest {

  private static final Instant NOW = Instant.parse("2026-11-22T15:00:00Z");
  private static final Authorities AUTHORITIES =
      new Authorities(Authority.create("orders", NOW), null, null);
  private static final LeafRequest REQUEST =
      new LeafRequest("partita", List.of("orders.shop.svc"), List.of("127.0.0.1"));
  private static final Leaf LEAF = new Leaf("orders-tls", REQUEST);

  private static Map<String, String> secret() {
    KeyedCertificate leaf = AUTHORITIES.current().issue(REQUEST, NOW);
    Map<String, String> secret = new HashMap<>();
    secret.put("tls.crt", Pem.of(leaf.certificate()));
    secret.put("tls.key", Pem.of(leaf.key()));
    secret.put("ca.crt", AUTHORITIES.bundle());
    return secret;
  }

  @Test
  void aGoodOneIsKept() {
    assertThat(LEAF.reissue(secret(), "", "", AUTHORITIES, NOW)).isEmpty();
    assertThat(LEAF.reissue(secret(), "1", "1", AUTHORITIES, NOW)).isEmpty();
    assertThat(LEAF.reissue(secret(), "1", "", AUTHORITIES, NOW)).isEmpty();
  }

  @Test
  void oneThatIsMissingOrBrokenIsMade() {
    assertThat(LEAF.reissue(Map.of(), "", "", AUTHORITIES, NOW)).contains("there was none");
    Map<String, String> broken = secret();
    broken.put("tls.key", "nonsense");
    assertThat(LEAF.reissue(broken, "", "", AUTHORITIES, NOW).orElse(""))
        .startsWith("the one that was there made no sense");
  }

  @Test
  void oneIsRenewedAfterTwoThirdsOfItsLife() {
    assertThat(LEAF.reissue(secret(), "", "", AUTHORITIES, NOW.plus(Duration.ofDays(59))))
        .isEmpty();
    assertThat(LEAF.reissue(secret(), "", "", AUTHORITIES, NOW.plus(Duration.ofDays(60))))
        .contains("two thirds of its life are over");
  }

  @Test
  void anotherTokenAsksForANewOne() {
    assertThat(LEAF.reissue(secret(), "1", "2", AUTHORITIES, NOW))
        .contains("a rotation was asked for");
  }

  @Test
  void otherNamesNeedANewOne() {
    Leaf more =
        new Leaf(
            "orders-tls",
            new LeafRequest("partita", List.of("orders.shop.svc", "db.example.com"), List.of()));

    assertThat(more.reissue(secret(), "", "", AUTHORITIES, NOW)).contains("its names have changed");
  }

  @Test
  void anAuthorityThatIsAnnouncedOrSwitchedNeedsNewOnes() {
    Authorities announced = AUTHORITIES.announce(Authority.create("orders", NOW));

    assertThat(LEAF.reissue(secret(), "", "", announced, NOW))
        .contains("the authorities to be trusted have changed");
    assertThat(LEAF.reissue(secret(), "", "", announced.switchOver(), NOW))
        .contains("the authority has changed");
  }
}
