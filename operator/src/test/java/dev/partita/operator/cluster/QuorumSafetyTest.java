package dev.partita.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/// When a pod may be stopped.
class QuorumSafetyTest {

  private static Optional<String> objection(Reports reports) {
    return QuorumSafety.objection("orders-0", Reports.PODS, reports.answers());
  }

  @Test
  void anyPodOfAHealthyClusterMayBeStopped() {
    for (String pod : Reports.PODS) {
      assertThat(QuorumSafety.objection(pod, Reports.PODS, new Reports().answers())).isEmpty();
    }
  }

  @Test
  void notWhileNobodyLeadsAPartition() {
    assertThat(objection(new Reports().leader(2, null))).contains("nobody leads partition 2");
  }

  @Test
  void aClusterWithoutTablesIsHealthyToo() {
    assertThat(objection(new Reports().withoutTables())).isEmpty();
  }

  @Test
  void notWhileAnotherPodDoesNotAnswer() {
    assertThat(objection(new Reports().silent("orders-1", "connection refused")))
        .contains("pod orders-1 does not answer: connection refused");
  }

  @Test
  void notWhileAnotherPodIsNotReady() {
    assertThat(objection(new Reports().unready("orders-2"))).contains("pod orders-2 is not ready");
  }

  @Test
  void notWhileAnotherPodIsOnItsWayOut() {
    assertThat(objection(new Reports().draining("orders-2"))).contains("pod orders-2 is stopping");
  }

  @Test
  void notWhileTheOthersDoNotHearEachOther() {
    assertThat(objection(new Reports().deaf("orders-2", "orders-1")))
        .contains("pod orders-2 does not hear pod orders-1");
  }

  @Test
  void whoHearsThePodThatIsToBeStoppedDoesNotMatter() {
    assertThat(objection(new Reports().deaf("orders-2", "orders-0"))).isEmpty();
  }

  @Test
  void notWhileNobodyLeadsTheCatalog() {
    assertThat(objection(new Reports().catalogLeader(null))).contains("nobody leads the catalog");
  }

  @Test
  void notWhileAFollowerThatStaysIsBehindInTheCatalog() {
    assertThat(objection(new Reports().behind(0, "orders-2")))
        .contains("pod orders-2 is 5000 entries behind the leader of the catalog");
  }

  @Test
  void notWhileAFollowerThatStaysIsBehindInAPartition() {
    assertThat(objection(new Reports().behind(2, "orders-2")))
        .contains("pod orders-2 is 5000 entries behind the leader of partition 2");
  }

  @Test
  void notWhileTheLeaderSaysNothingOfAFollowerThatStays() {
    assertThat(objection(new Reports().unknown(0, "orders-2")))
        .contains("the leader of the catalog says nothing of pod orders-2");
    assertThat(objection(new Reports().unknown(2, "orders-2")))
        .contains("the leader of partition 2 says nothing of pod orders-2");
    assertThat(objection(new Reports().unknown(2, "orders-0"))).isEmpty();
  }

  @Test
  void thatThePodItselfIsBehindDoesNotMatter() {
    assertThat(objection(new Reports().behind(2, "orders-0"))).isEmpty();
  }

  @Test
  void aPodThatDoesNotAnswerMayBeStoppedIfTheOthersLeadEverything() {
    Reports reports =
        new Reports().silent("orders-0", "gone").catalogLeader("orders-1").leader(1, "orders-2");

    assertThat(objection(reports)).isEmpty();
  }

  @Test
  void aPodThatDoesNotAnswerMayNotBeStoppedWhileSomethingHasNoOtherLeader() {
    assertThat(objection(new Reports().silent("orders-0", "gone")))
        .contains("nobody leads the catalog");
  }
}
