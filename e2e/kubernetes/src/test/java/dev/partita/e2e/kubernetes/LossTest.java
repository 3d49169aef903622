package dev.partita.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.crds.StorageClusterStatus;
import dev.partita.e2e.check.Verdict;
import dev.partita.kube.TestCluster;
import dev.partita.kube.Zone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// "What if a machine dies?": pods, nodes and zones are lost while clients are at work.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LossTest {

  private static final String SECRET = "partita-credentials";

  /// How long a zone is away: longer than its node takes to be called lost, and its pods to be
  /// marked for deletion.
  private static final Duration AWAY = Duration.ofSeconds(60);

  private Place place;
  private TestCluster zones;

  @BeforeAll
  void begin() throws Exception {
    place = Place.create(Stage.get(), "loss");
    zones = Stage.get().zones();
    place.apply(Manifests.table("registers", "pk"));
    place.awaitActive("registers", Place.FROM_NOTHING);
    place.awaitReady("partita", Place.PODS);
  }

  @AfterAll
  void end() throws Exception {
    place.close();
  }

  @Test
  void aKilledPodIsMissedByNobodyForLongAndComesBack() throws Exception {
    WitnessPod witness =
        WitnessPod.registers(
                place,
                1,
                SECRET,
                "registers",
                Duration.ofSeconds(40),
                Stage.service(place, "partita"),
                "a")
            .awaitRunning();
    place.kubectl("delete", "pod", "partita-1", "--grace-period=0", "--force").ok();
    assertNoViolation(List.of(witness));
    Await.until("pod back", Place.PODS, () -> place.isReady("partita-1"));
    Admin.of(place, "partita").awaitEqualReplicas();
  }

  @Test
  void aKilledNodeIsMissedByNobodyForLongAndComesBackWithItsData() throws Exception {
    String lost = "partita-1";
    Zone zone = zoneOf(lost);
    List<WitnessPod> witnesses = new ArrayList<>();
    for (String pod : Stage.pods("partita")) {
      if (!pod.equals(lost)) {
        witnesses.add(registersOn(pod, AWAY.plusSeconds(30)).awaitRunning());
      }
    }
    zones.killZone(zone);
    try {
      Await.until("the pod's loss is seen", AWAY, () -> !place.isReady(lost));
      place.awaitCondition("partita", "Ready", "False", null, AWAY);
      assertThat(Place.is(place.cluster("partita").getStatus().conditions(), "Available", "True"))
          .as("available without one zone")
          .isTrue();
    } finally {
      zones.restoreZone(zone);
    }
    assertNoViolation(witnesses);
    Await.until("pod back", Place.PODS, () -> place.isReady(lost));
    place.awaitReady("partita", Place.PODS);
    Admin.of(place, "partita").awaitEqualReplicas();
  }

  @Test
  void aZoneThatIsCutOffAnswersNothingThatOthersContradict() throws Exception {
    Zone zone = zoneOf(Admin.of(place, "partita").leaderOfMost());
    List<WitnessPod> witnesses = new ArrayList<>();
    for (String pod : Stage.pods("partita")) {
      witnesses.add(registersOn(pod, AWAY.plusSeconds(40)).awaitRunning());
    }
    zones.cutZone(zone);
    try {
      Thread.sleep(AWAY);
    } finally {
      zones.healZone(zone);
    }
    for (WitnessPod.History history : assertNoViolation(witnesses)) {
      if (zone.letter().equals(history.zone())) {
        assertThat(history.inVain()).as("calls in vain in the cut zone").isGreaterThan(100);
      }
    }
    place.awaitReady("partita", Place.PODS);
    Admin.of(place, "partita").awaitEqualReplicas();
  }

  private WitnessPod registersOn(String pod, Duration length) {
    int number = 1 + Integer.parseInt(pod.substring(pod.length() - 1));
    return WitnessPod.registers(
        place,
        number,
        SECRET,
        "registers",
        length,
        "https://%s.partita-pods.%s.svc:8000".formatted(pod, place.namespace()),
        zoneOf(pod).letter());
  }

  private Zone zoneOf(String pod) {
    for (StorageClusterStatus.Pod p : place.cluster("partita").getStatus().pods()) {
      if (p.name().equals(pod) && p.zone() != null) {
        return Zone.of(p.zone());
      }
    }
    throw new AssertionError("no zone of " + pod);
  }

  private static List<WitnessPod.History> assertNoViolation(List<WitnessPod> witnesses)
      throws InterruptedException {
    List<WitnessPod.History> histories = new ArrayList<>();
    for (WitnessPod witness : witnesses) {
      histories.add(witness.history());
    }
    Verdict verdict = Verdict.of(WitnessPod.together(histories));
    System.out.printf(
        "%d registers, %d calls answered: %s%n",
        verdict.registers(), verdict.answered(), verdict.calls());
    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.answered()).as("the load was real").isGreaterThan(500);
    return histories;
  }
}
