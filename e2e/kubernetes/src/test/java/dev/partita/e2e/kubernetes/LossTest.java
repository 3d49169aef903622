package dev.partita.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.crds.StorageClusterStatus;
import dev.partita.e2e.check.Verdict;
import dev.partita.kube.TestCluster;
import dev.partita.kube.Zone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  /// Until the loss of the operator's own node stands in a status: the node is called lost (20 s),
  /// the operator evicted (30 s), started elsewhere, and given the Lease.
  private static final Duration OPERATOR_ELSEWHERE = Duration.ofMinutes(4);

  /// Longest that a client outside of the lost zone may be without an answer: until others are
  /// elected, on a machine that is busy with other things.
  private static final Duration MISSED = Duration.ofSeconds(10);

  /// Calls that a pod without a majority refuses in [#AWAY], at the least: its clients wait for
  /// each refusal.
  private static final long REFUSED_IN_CUT_ZONE = 10;

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
    String lost = Admin.of(place, "partita").leaderOfMost();
    int restarts = place.restarts(lost);
    WitnessPod witness =
        WitnessPod.registers(
                place,
                1,
                SECRET,
                "registers",
                Duration.ofSeconds(45),
                Stage.service(place, "partita"))
            .awaitAtWork();
    long killed = System.nanoTime();
    assertThat(Stage.get().killPod(place.existingPod(lost)))
        .as("processes of " + lost)
        .isPositive();
    Await.until(
        "the container is started again",
        Place.PODS,
        () -> place.restarts(lost) > restarts && place.isReady(lost));
    long back = System.nanoTime();
    witness.assertStillAtWork();
    assertNotMissed(assertNoViolation(List.of(witness)), killed, back);
    place.awaitReady("partita", Place.PODS);
    Admin.of(place, "partita").awaitEqualReplicas();
  }

  @Test
  void aKilledNodeIsMissedByNobodyForLongAndComesBackWithItsData() throws Exception {
    String lost = Admin.of(place, "partita").leaderOfMost();
    Zone zone = zoneOf(lost);
    Stage.get().operators().moveFrom(zone);
    List<WitnessPod> witnesses = new ArrayList<>();
    for (String pod : Stage.pods("partita")) {
      if (!pod.equals(lost)) {
        witnesses.add(registersOn(pod, AWAY.plusSeconds(60)).awaitAtWork());
      }
    }
    long killed = System.nanoTime();
    zones.killZone(zone);
    try {
      Await.until("the pod's loss is seen", AWAY, () -> !place.isReady(lost));
      place.awaitCondition("partita", "Ready", "False", null, AWAY);
      assertAvailable();
    } finally {
      zones.restoreZone(zone);
    }
    long restored = System.nanoTime();
    witnesses.forEach(WitnessPod::assertStillAtWork);
    assertNotMissed(assertNoViolation(witnesses), killed, restored);
    Await.until("pod back", Place.PODS, () -> place.isReady(lost));
    place.awaitReady("partita", Place.PODS);
    Admin.of(place, "partita").awaitEqualReplicas();
  }

  @Test
  void theOperatorsOwnNodeIsReportedLostByAnOperatorElsewhere() throws Exception {
    Zone zone = Stage.get().operators().zoneOfLeader();
    zones.killZone(zone);
    try {
      place.awaitCondition("partita", "Ready", "False", null, OPERATOR_ELSEWHERE);
      assertAvailable();
      assertThat(Stage.get().operators().zoneOfLeader()).isNotEqualTo(zone);
    } finally {
      zones.restoreZone(zone);
    }
    place.awaitReady("partita", Place.PODS);
    Admin.of(place, "partita").awaitEqualReplicas();
  }

  @Test
  void aZoneThatIsCutOffAnswersNothingThatOthersContradict() throws Exception {
    Admin admin = Admin.of(place, "partita");
    String lost = admin.leaderOfMost();
    Zone zone = zoneOf(lost);
    String other =
        Stage.pods("partita").stream().filter(pod -> !pod.equals(lost)).findFirst().orElseThrow();
    List<WitnessPod> witnesses = new ArrayList<>();
    for (String pod : Stage.pods("partita")) {
      witnesses.add(registersOn(pod, AWAY.plusSeconds(60)).awaitAtWork());
    }
    long cut = System.nanoTime();
    Map<String, Integer> leaders;
    zones.cutZone(zone);
    try {
      Thread.sleep(AWAY);
      leaders = admin.leaders(other);
    } finally {
      zones.healZone(zone);
    }
    long healed = System.nanoTime();
    assertThat(leaders.keySet())
        .as("leaders during the cut, of which all are elsewhere")
        .isNotEmpty()
        .doesNotContain("", lost);
    List<WitnessPod.History> histories = assertNoViolation(witnesses);
    List<WitnessPod.History> majority = new ArrayList<>();
    for (WitnessPod.History history : histories) {
      if (zone.letter().equals(history.zone())) {
        assertThat(history.inVain().refused() + history.inVain().unanswered())
            .as("calls that reached the cut off pod in vain: " + history.inVain())
            .isGreaterThan(REFUSED_IN_CUT_ZONE);
      } else {
        majority.add(history);
      }
    }
    assertThat(majority).hasSize(2);
    assertNotMissed(majority, cut, healed);
    place.awaitReady("partita", Place.PODS);
    admin.awaitEqualReplicas();
  }

  private WitnessPod registersOn(String pod, Duration length) {
    int number = 1 + Integer.parseInt(pod.substring(pod.length() - 1));
    return WitnessPod.registersOn(
        place.existingPod(pod), place, number, SECRET, "registers", length, zoneOf(pod));
  }

  private Zone zoneOf(String pod) {
    for (StorageClusterStatus.Pod p : place.cluster("partita").getStatus().pods()) {
      if (p.name().equals(pod) && p.zone() != null) {
        return Zone.of(p.zone());
      }
    }
    throw new AssertionError("no zone of " + pod);
  }

  private void assertAvailable() {
    assertThat(Place.is(place.cluster("partita").getStatus().conditions(), "Available", "True"))
        .as("available without one zone")
        .isTrue();
  }

  private static void assertNotMissed(List<WitnessPod.History> histories, long from, long to) {
    for (WitnessPod.History history : histories) {
      Duration silence = history.silence(from, to);
      System.out.printf(
          "longest without an answer, of %d s: %d ms; in vain: %s%n",
          Duration.ofNanos(to - from).toSeconds(), silence.toMillis(), history.inVain());
      assertThat(silence).as("longest without an answer").isLessThan(MISSED);
    }
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
