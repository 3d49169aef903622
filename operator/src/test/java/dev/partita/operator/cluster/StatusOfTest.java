package dev.partita.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.crds.StorageClusterStatus;
import dev.partita.crds.Topology;
import dev.partita.operator.kube.Conditions;
import dev.partita.operator.tls.Authority;
import dev.partita.operator.tls.Pem;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What a status says.
class StatusOfTest {

  private static StorageClusterStatus status(Sight sight) {
    Observation seen = sight.see();
    return StatusOf.of(seen, Sight.acted(seen));
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
  void aPodThatIsNotMadeForMinutesIsAWarning() {
    Sight gone = new Sight().after(new Sight()).missing(1);

    assertThat(condition(status(gone.at(Sight.NOW.plusSeconds(200))), "Degraded"))
        .isEqualTo("True PodsNotReady");
  }

  @Test
  void aFirstStartThatTakesMinutesIsAWarningToo() {
    StorageClusterStatus missing =
        status(new Sight().missing(0).missing(1).missing(2).at(Sight.NOW.plusSeconds(200)));
    StorageClusterStatus unready = status(new Sight().unready(0, 1, 2));

    assertThat(condition(missing, "Degraded")).isEqualTo("True PodsNotReady");
    assertThat(condition(missing, "Available")).isEqualTo("False Starting");
    assertThat(condition(unready, "Degraded")).isEqualTo("True PodsNotReady");
  }

  @Test
  void aClusterThatNeverServedHasLostNoQuorum() {
    Sight pending =
        new Sight()
            .complaint(0, new Trouble(Trouble.UNSCHEDULABLE, "pod orders-0 finds no node: x"))
            .unready(1, 2);

    assertThat(condition(status(new Sight().after(pending).unready(0, 1, 2)), "Available"))
        .isEqualTo("False Starting");
  }

  @Test
  void aCertificateThatIsNotTakenIsNoticed() {
    Sight sight =
        new Sight()
            .answers(new Reports().serials("1", "2"))
            .secret("orders-internal-tls", certificate());

    assertThat(condition(status(sight.at(Sight.NOW.plusSeconds(60))), "CertificatesReady"))
        .isEqualTo("True Issued");
    assertThat(condition(status(sight.at(Sight.NOW.plusSeconds(660))), "CertificatesReady"))
        .isEqualTo("False CertificateNotTaken");
  }

  private static Map<String, String> certificate() {
    return Map.of("tls.crt", Pem.of(Authority.create("orders", Sight.NOW).own().certificate()));
  }

  @Test
  void aCertificateThatEndsIsNoticedWhileItStillServes() {
    Sight sight = new Sight().answers(new Reports().until(Sight.NOW.plus(Duration.ofDays(16))));

    assertThat(condition(status(sight), "CertificatesReady")).isEqualTo("True Issued");
    sight.at(Sight.NOW.plus(Duration.ofDays(2))).paused();
    assertThat(condition(status(sight), "CertificatesReady"))
        .isEqualTo("False CertificateExpiring");
    assertThat(message(status(sight), "CertificatesReady")).contains("spec.paused");
    sight.at(Sight.NOW.plus(Duration.ofDays(17)));
    assertThat(condition(status(sight), "CertificatesReady")).isEqualTo("False CertificateExpired");
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
    StorageClusterStatus status = status(new Sight().young().unready(0, 1, 2));

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

    assertThat(StatusOf.of(later, Sight.acted(later))).isEqualTo(first);
  }
}
