package dev.partita.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.crds.StorageClusterStatus;
import dev.partita.crds.Topology;
import dev.partita.operator.cluster.Actor.Acted;
import dev.partita.operator.kube.Conditions;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a status says.
class StatusOfTest {

  private static StorageClusterStatus status(Sight sight) {
    Observation seen = sight.see();
    return StatusOf.of(
        seen,
        new Acted(Actor.podsFile(seen), Map.of(), true, Optional.empty(), Optional.empty()),
        Restart.of(seen));
  }

  private static String condition(StorageClusterStatus status, String type) {
    return Conditions.find(status.conditions(), type)
        .map(c -> c.getStatus() + " " + c.getReason())
        .orElse("none");
  }

  private static String message(StorageClusterStatus status, String type) {
    return Conditions.find(status.conditions(), type).orElseThrow().getMessage();
  }

  @Test
  void allIsWellWhileAllPodsAreReady() {
    StorageClusterStatus status = status(new Sight());

    assertThat(status.readyPods()).isEqualTo("3/3");
    assertThat(condition(status, "Ready")).isEqualTo("True AllPodsReady");
    assertThat(condition(status, "Available")).isEqualTo("True QuorumReady");
    assertThat(condition(status, "Degraded")).isEqualTo("False AsExpected");
    assertThat(condition(status, "ZonesSpread")).isEqualTo("True ThreeZones");
  }

  @Test
  void aClusterWithoutOnePodIsAvailableAndDegraded() {
    StorageClusterStatus status = status(new Sight().after(new Sight()).unready(1));

    assertThat(status.readyPods()).isEqualTo("2/3");
    assertThat(condition(status, "Ready")).isEqualTo("False PodsNotReady");
    assertThat(condition(status, "Available")).isEqualTo("True QuorumReady");
    assertThat(condition(status, "Degraded")).isEqualTo("True PodsNotReady");
  }

  @Test
  void aPodThatIsJustBeingMadeAnewIsNoWarning() {
    StorageClusterStatus gone = status(new Sight().after(new Sight()).missing(1));

    assertThat(condition(gone, "Degraded")).isEqualTo("False AsExpected");
    assertThat(condition(gone, "Progressing")).isEqualTo("True PodsStarting");
    assertThat(condition(gone, "ZonesSpread")).isEqualTo("True ThreeZones");
  }

  @Test
  void aClusterWithoutTwoPodsIsNotAvailable() {
    StorageClusterStatus status = status(new Sight().after(new Sight()).unready(1, 2));

    assertThat(condition(status, "Available")).isEqualTo("False QuorumLost");
  }

  @Test
  void aLostNodeIsNamedAndItsPodIsLeftAlone() {
    StorageClusterStatus status = status(new Sight().after(new Sight()).unready(1).lostNode(1));

    assertThat(condition(status, "Degraded")).isEqualTo("True NodeLost");
    assertThat(message(status, "Degraded")).contains("node-1").contains("left alone");
    assertThat(condition(status, "Available")).isEqualTo("True QuorumReady");
  }

  @Test
  void theFirstStartIsNoFailure() {
    StorageClusterStatus status = status(new Sight().unready(0, 1, 2));

    assertThat(condition(status, "Ready")).isEqualTo("False Starting");
    assertThat(condition(status, "Available")).isEqualTo("False Starting");
    assertThat(condition(status, "Degraded")).isEqualTo("False AsExpected");
  }

  @Test
  void whatARestartWaitsForIsSaid() {
    StorageClusterStatus status =
        status(new Sight().outdated(0).answers(new Reports().behind(2, "orders-2")));

    assertThat(condition(status, "Progressing")).isEqualTo("True Restarting");
    assertThat(message(status, "Progressing")).contains("orders-2 is 5000 entries behind");
    assertThat(status.pods().getFirst().restartNeeded()).isTrue();
  }

  @Test
  void tooFewZonesAreSaidByNameAndAllowedByName() {
    assertThat(condition(status(new Sight().sameZone(0, 1)), "ZonesSpread"))
        .isEqualTo("False TooFewZones");
    assertThat(
            condition(
                status(new Sight().topology(Topology.SHARED_ZONES).sameZone(0, 1)), "ZonesSpread"))
        .isEqualTo("False SharedZones");
  }

  @Test
  void theSameTroubleOfSeveralPodsIsToldOnce() {
    StorageClusterStatus status =
        status(
            new Sight()
                .complaint(0, new Trouble("ImagePullBackOff", "pod orders-0 does not start: x"))
                .complaint(2, new Trouble("ImagePullBackOff", "pod orders-2 does not start: x")));

    assertThat(condition(status, "Degraded")).isEqualTo("True ImagePullBackOff");
    assertThat(message(status, "Degraded"))
        .isEqualTo("pod orders-0 does not start: x (also orders-2)");
  }

  @Test
  void anUnchangedStatusIsEqualToTheLastOne() {
    Sight sight = new Sight();
    StorageClusterStatus first = status(sight);
    Observation later = sight.after(sight).at(Instant.parse("2026-11-22T16:00:00Z")).see();

    assertThat(
            StatusOf.of(
                later,
                new Acted(
                    Actor.podsFile(later), Map.of(), true, Optional.empty(), Optional.empty()),
                Restart.of(later)))
        .isEqualTo(first);
  }
}
