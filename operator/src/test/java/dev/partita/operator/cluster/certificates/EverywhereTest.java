package dev.partita.operator.cluster.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.crds.StorageCluster;
import dev.partita.crds.StorageClusterSpec;
import dev.partita.operator.Settings;
import dev.partita.operator.cluster.Existing;
import dev.partita.operator.cluster.Observation;
import dev.partita.operator.cluster.objects.ClusterSecret;
import dev.partita.operator.cluster.objects.Wanted;
import dev.partita.operator.pods.PodReport;
import dev.partita.operator.pods.PodReports.Answer;
import dev.partita.operator.tls.Authority;
import dev.partita.operator.tls.KeyedCertificate;
import dev.partita.operator.tls.Pem;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Whether the next step of an exchange may be taken.
class EverywhereTest {

  private static final Instant NOW = Instant.parse("2026-11-22T15:00:00Z");
  private static final Settings SETTINGS =
      new Settings("storage:1", Set.of(), false, "partita-system", "operator-1", 0);
  private static final Authorities STEADY =
      new Authorities(Authority.create("orders", NOW), null, null);
  private static final Authorities ANNOUNCED = STEADY.announce(Authority.create("orders", NOW));

  private final StorageCluster cluster = cluster();
  private final Wanted wanted = Wanted.of(cluster, SETTINGS);
  private final Map<String, Secret> secrets = new HashMap<>();
  private final Map<String, Answer> answers = new HashMap<>();

  private static StorageCluster cluster() {
    StorageCluster cluster = new StorageCluster();
    cluster.getMetadata().setNamespace("shop");
    cluster.getMetadata().setName("orders");
    cluster.getMetadata().setUid("00000000-0000-0000-0000-000000000001");
    cluster.setSpec(StorageClusterSpec.EMPTY);
    return cluster;
  }

  /// Leaves as some authorities ask for, in use by all pods.
  private void used(Authorities authorities) {
    Map<String, String> serials = new HashMap<>();
    for (Leaf leaf : Leaves.of(wanted)) {
      serials.put(leaf.secret(), leaf(leaf, authorities));
    }
    for (String pod : wanted.names().pods(wanted.pods())) {
      answers.put(
          pod,
          new Answer.Told(
              new PodReport(
                  pod,
                  "zone-a",
                  "0.1.0",
                  true,
                  false,
                  0,
                  List.of(),
                  new PodReport.Certificate(serials.getOrDefault("orders-tls", ""), 0),
                  new PodReport.Certificate(serials.getOrDefault("orders-internal-tls", ""), 0)),
              null));
    }
  }

  private String leaf(Leaf leaf, Authorities authorities) {
    KeyedCertificate fresh = authorities.current().issue(leaf.request(), NOW);
    secrets.put(
        leaf.secret(),
        ClusterSecret.of(
            wanted,
            leaf.secret(),
            Map.of(
                "tls.crt", Pem.of(fresh.certificate()),
                "tls.key", Pem.of(fresh.key()),
                "ca.crt", authorities.bundle()),
            Map.of()));
    return fresh.serial();
  }

  private boolean holds(Authorities authorities) {
    return Everywhere.holds(
        new Observation(
            cluster,
            wanted,
            NOW,
            new Existing(List.of()),
            List.of(),
            Map.of(),
            secrets,
            answers,
            true,
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        authorities);
  }

  @Test
  void allPodsUseWhatTheAuthoritiesAskFor() {
    used(ANNOUNCED);

    assertThat(holds(ANNOUNCED)).isTrue();
  }

  @Test
  void aPodThatUsesAnotherCertificateIsWaitedFor() {
    used(ANNOUNCED);
    leaf(Leaves.of(wanted).getFirst(), ANNOUNCED);

    assertThat(holds(ANNOUNCED)).isFalse();
  }

  @Test
  void certificatesThatWereNotWrittenAnewAreNoAnswer() {
    // The successor was announced, and the operator died, or was refused, before the leaves.
    used(STEADY);

    assertThat(holds(STEADY)).isTrue();
    assertThat(holds(ANNOUNCED)).isFalse();
  }

  @Test
  void oneCertificateThatWasNotWrittenAnewIsEnough() {
    for (Leaf behind : Leaves.of(wanted)) {
      used(ANNOUNCED);
      secrets.put(
          behind.secret(),
          ClusterSecret.of(
              wanted, behind.secret(), with(texts(behind), "ca.crt", STEADY.bundle()), Map.of()));

      assertThat(holds(ANNOUNCED)).as(behind.secret()).isFalse();
    }
  }

  private Map<String, String> texts(Leaf leaf) {
    return ClusterSecret.texts(Objects.requireNonNull(secrets.get(leaf.secret())));
  }

  private static Map<String, String> with(Map<String, String> texts, String key, String text) {
    Map<String, String> changed = new HashMap<>(texts);
    changed.put(key, text);
    return changed;
  }

  @Test
  void aCertificateOfThePredecessorIsNoAnswer() {
    Authorities switched = ANNOUNCED.switchOver();
    used(new Authorities(STEADY.current(), switched.current(), null));

    assertThat(holds(switched)).isFalse();
  }
}
