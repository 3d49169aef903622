package dev.partita.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.crds.Topology;
import org.junit.jupiter.api.Test;

/// Which pod is restarted next.
class RestartTest {

  private static String next(Sight sight) {
    return switch (Restart.of(sight.see())) {
      case Restart.None _ -> "none";
      case Restart.Wait(String why) -> "wait: " + why;
      case Restart.Go(PodView pod, _) -> pod.name();
      case Restart.Replace(PodView pod, _) -> pod.name() + " without asking";
    };
  }

  @Test
  void nobodyWhileAllAreAsWanted() {
    assertThat(next(new Sight())).isEqualTo("none");
  }

  @Test
  void followersOfTheCatalogComeBeforeItsLeader() {
    assertThat(next(new Sight().outdated(0, 1, 2))).isEqualTo("orders-2");
    assertThat(next(new Sight().outdated(0, 1))).isEqualTo("orders-1");
    assertThat(next(new Sight().outdated(0))).isEqualTo("orders-0");
    assertThat(next(new Sight().outdated(0, 1, 2).answers(new Reports().catalogLeader("orders-2"))))
        .isEqualTo("orders-1");
  }

  @Test
  void nobodyWhileTheLastOneIsStillStopping() {
    assertThat(next(new Sight().outdated(0, 1).terminating(2)))
        .isEqualTo("wait: pod orders-2 is not ready");
  }

  @Test
  void nobodyWhileTheLastOneIsNotMadeAgain() {
    assertThat(next(new Sight().outdated(0, 1).missing(2)))
        .isEqualTo("wait: pod orders-2 is not ready");
  }

  @Test
  void nobodyWhileTheLastOneIsNotReadyAgain() {
    assertThat(next(new Sight().outdated(0, 1).unready(2)))
        .isEqualTo("wait: pod orders-2 is not ready");
  }

  @Test
  void nobodyWhileTheLastOneHasNotCaughtUp() {
    assertThat(next(new Sight().outdated(0, 1).answers(new Reports().behind(3, "orders-0"))))
        .isEqualTo("wait: pod orders-0 is 5000 entries behind the leader of partition 3");
  }

  @Test
  void nobodyBeforeThePodsWereAsked() {
    assertThat(next(new Sight().outdated(0).notAsked())).startsWith("wait: ");
  }

  @Test
  void aPodThatDoesNotRunIsReplacedFirst() {
    Reports broken = new Reports().silent("orders-1", "connection refused");

    assertThat(next(new Sight().outdated(0, 1, 2).broken(1).answers(broken)))
        .isEqualTo("orders-1 without asking");
  }

  @Test
  void aPodThatPausesIsOneThatRuns() {
    Reports paused = new Reports().silent("orders-1", "timed out").leader(2, "orders-2");

    assertThat(next(new Sight().outdated(0, 1, 2).unready(1).answers(paused)))
        .isEqualTo("orders-1");
    assertThat(
            next(
                new Sight()
                    .outdated(0, 1, 2)
                    .unready(1)
                    .answers(new Reports().silent("orders-1", "timed out"))))
        .isEqualTo("wait: nobody leads partition 2");
  }

  @Test
  void aPodThatPausesWhileAnotherIsLostIsWaitedFor() {
    Reports reports = new Reports().silent("orders-0", "gone").silent("orders-1", "timed out");

    assertThat(next(new Sight().outdated(0, 1, 2).unready(0, 1).lostNode(0).answers(reports)))
        .isEqualTo("wait: pod orders-0 is not ready");
  }

  @Test
  void aCertificateThatIsKnownToBeBadIsNotRolledOut() {
    Trouble bad = new Trouble("SecretBroken", "the certificate cannot be used");
    Reports broken = new Reports().silent("orders-1", "connection refused");

    assertThat(next(new Sight().outdated(0, 1, 2).clientTls(bad)))
        .isEqualTo("wait: the certificate cannot be used");
    assertThat(next(new Sight().outdated(0, 1, 2).broken(1).clientTls(bad).answers(broken)))
        .isEqualTo("orders-1 without asking");
  }

  @Test
  void thatHealsEvenIfNoPodRuns() {
    Reports broken =
        new Reports()
            .silent("orders-0", "refused")
            .silent("orders-1", "refused")
            .silent("orders-2", "refused");

    assertThat(next(new Sight().outdated(0, 1, 2).broken(0, 1, 2).answers(broken)))
        .isEqualTo("orders-0 without asking");
  }

  @Test
  void aPodThatRunsButServesNobodyIsReplacedIfNoneServes() {
    Reports waiting = new Reports().unready("orders-0").unready("orders-1").unready("orders-2");

    assertThat(next(new Sight().outdated(0, 1, 2).unready(0, 1, 2).answers(waiting)))
        .isEqualTo("orders-0 without asking");
  }

  @Test
  void aBrokenPodOfTheNewRevisionStopsTheOthersFromFollowingIt() {
    Reports broken = new Reports().silent("orders-2", "connection refused");

    assertThat(next(new Sight().outdated(0, 1).unready(2).answers(broken)))
        .isEqualTo("wait: pod orders-2 is not ready");
  }

  @Test
  void aPodThatIsNotReadyComesFirstIfTheOthersCanDoWithoutIt() {
    assertThat(
            next(
                new Sight()
                    .outdated(0, 1, 2)
                    .unready(1)
                    .answers(new Reports().unready("orders-1"))))
        .isEqualTo("orders-1");
  }

  @Test
  void aPodOnALostNodeIsLeftAlone() {
    Reports lost = new Reports().silent("orders-1", "timed out");

    assertThat(next(new Sight().outdated(1).unready(1).lostNode(1).answers(lost)))
        .isEqualTo("wait: its node is lost");
    assertThat(next(new Sight().outdated(0, 1).unready(1).lostNode(1).answers(lost)))
        .isEqualTo("wait: pod orders-1 is not ready");
  }

  @Test
  void aSinglePodIsRestartedWithoutAQuorum() {
    assertThat(
            next(new Sight().topology(Topology.SINGLE_REPLICA).missing(1).missing(2).outdated(0)))
        .isEqualTo("orders-0 without asking");
  }
}
