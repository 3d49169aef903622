package dev.partita.replication;

import static dev.partita.replication.LocalCluster.GROUP;
import static dev.partita.replication.LocalCluster.await;
import static dev.partita.replication.LocalCluster.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.replication.LocalCluster.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GroupTest {

  @Test
  void aSingleReplicaLeadsAndGrantsReadsAtOnce() {
    try (LocalCluster cluster = new LocalCluster(1, 16)) {
      Pod pod = cluster.leader();
      assertThat(propose(pod, "a")).isInstanceOf(Proposal.Applied.class);
      CompletableFuture<ReadPermit> permit = pod.group().readPermit();
      assertThat(permit).isCompletedWithValue(ReadPermit.Granted.INSTANCE);
      assertThat(pod.machine.texts()).containsExactly("a");
      assertThat(pod.group().report().role()).isEqualTo("LEADER");
    }
  }

  @Test
  void everyReplicaAppliesTheSameEntriesInTheSameOrder() {
    try (LocalCluster cluster = new LocalCluster(3, 16)) {
      Pod leader = cluster.leader();
      List<CompletableFuture<Proposal>> proposals = new ArrayList<>();
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        expected.add("e" + i);
        proposals.add(leader.group().propose(leader.machine.epoch(), bytes("e" + i)));
      }
      for (int i = 0; i < proposals.size(); i++) {
        Proposal outcome = proposals.get(i).orTimeout(20, TimeUnit.SECONDS).join();
        assertThat(outcome)
            .isInstanceOfSatisfying(
                Proposal.Applied.class, applied -> assertThat(applied.result()).isNotNull());
      }
      cluster
          .pods
          .values()
          .forEach(pod -> await(pod.name, () -> pod.machine.texts().equals(expected)));
      assertThat(leader.group().readPermit().orTimeout(20, TimeUnit.SECONDS).join())
          .isEqualTo(ReadPermit.Granted.INSTANCE);
    }
  }

  @Test
  void aFollowerRefusesProposalsAndReadsAndNamesTheLeader() {
    try (LocalCluster cluster = new LocalCluster(3, 16)) {
      Pod leader = cluster.leader();
      Pod follower = cluster.follower();
      await("the follower knows", () -> leader.replica.equals(follower.group().report().leader()));
      assertThat(follower.group().propose(leader.machine.epoch(), bytes("x")).join())
          .isEqualTo(new Proposal.NotLeader(leader.replica));
      assertThat(follower.group().readPermit().orTimeout(20, TimeUnit.SECONDS).join())
          .isEqualTo(new ReadPermit.NotLeader(leader.replica));
    }
  }

  @Test
  void anEntryOfAnotherEpochHasNoEffect() {
    try (LocalCluster cluster = new LocalCluster(1, 16)) {
      Pod pod = cluster.leader();
      assertThat(pod.group().propose(pod.machine.epoch() + 1, bytes("x")).join())
          .isInstanceOf(Proposal.NotLeader.class);
      assertThat(propose(pod, "a")).isInstanceOf(Proposal.Applied.class);
      assertThat(pod.machine.texts()).containsExactly("a");
    }
  }

  @Test
  void anotherReplicaTakesOverWhenTheLeaderIsCutOffAndTheOldOneCatchesUp() {
    try (LocalCluster cluster = new LocalCluster(3, 16)) {
      cluster.write("a");
      Pod old = cluster.leader();
      cluster.cutOff(old);
      CompletableFuture<Proposal> lost = old.group().propose(old.machine.epoch(), bytes("lost"));
      Pod next = cluster.leader();
      assertThat(next).isNotSameAs(old);
      cluster.write("b");
      assertThat(lost.orTimeout(20, TimeUnit.SECONDS).join()).isEqualTo(new Proposal.Unknown());
      assertThat(old.group().readPermit().orTimeout(20, TimeUnit.SECONDS).join())
          .isInstanceOf(ReadPermit.NotLeader.class);
      cluster.heal();
      await("the old leader follows", () -> old.machine.texts().equals(List.of("a", "b")));
    }
  }

  @Test
  void aReplicaThatIsFarBehindFetchesAnImage() {
    try (LocalCluster cluster = new LocalCluster(3, 16, 32)) {
      cluster.write("first");
      Pod behind = cluster.follower();
      await("first arrives", () -> behind.machine.texts().equals(List.of("first")));
      cluster.cutOff(behind);
      for (int i = 0; i < 100; i++) {
        cluster.write("e" + i);
      }
      List<String> all = cluster.leader().machine.texts();
      cluster.heal();
      await("the image", () -> behind.machine.texts().size() == all.size());
      assertThat(behind.machine.texts()).isEqualTo(all);
      assertThat(behind.machine.installs()).isPositive();
      cluster.write("last");
      await("last", () -> behind.machine.texts().getLast().equals("last"));
    }
  }

  @Test
  void aReplicaThatWasAwayForTwoThousandEntriesComesBackWithoutAnImage() {
    try (LocalCluster cluster = new LocalCluster(3, 256)) {
      cluster.write("first");
      Pod behind = cluster.follower();
      await("first arrives", () -> behind.machine.texts().equals(List.of("first")));
      cluster.cutOff(behind);
      for (int i = 0; i < 2_000; i++) {
        cluster.write("e" + i);
      }
      List<String> all = cluster.leader().machine.texts();
      cluster.heal();
      await("it has all", () -> behind.machine.texts().size() == all.size());
      assertThat(behind.machine.texts()).isEqualTo(all);
      assertThat(behind.machine.installs()).isZero();
      assertThat(cluster.pods.values()).allMatch(pod -> pod.host().helped().byImages() == 0);
      assertThat(cluster.pods.values()).anyMatch(pod -> pod.host().helped().byEntries() > 0);
      cluster.write("last");
      await("last", () -> behind.machine.texts().getLast().equals("last"));
      assertThat(cluster.faults).isEmpty();
    }
  }

  @Test
  void everythingIsThereAfterARestartAndNothingIsAppliedTwice() {
    try (LocalCluster cluster = new LocalCluster(3, 16)) {
      List<String> expected = new ArrayList<>();
      for (int round = 0; round < 4; round++) {
        for (int i = 0; i < 13; i++) {
          cluster.write("r" + round + "-" + i);
          expected.add("r" + round + "-" + i);
        }
        for (Pod pod : cluster.pods.values()) {
          pod.group().stateDurable(pod.machine.position().index());
        }
        cluster.pods.values().forEach(cluster::close);
        cluster.pods.values().forEach(cluster::open);
      }
      cluster.write("end");
      expected.add("end");
      cluster
          .pods
          .values()
          .forEach(pod -> await(pod.name, () -> pod.machine.texts().equals(expected)));
      assertThat(cluster.faults).isEmpty();
    }
  }

  @Test
  void leadershipMovesWhereItIsAskedTo() {
    try (LocalCluster cluster = new LocalCluster(3, 16)) {
      cluster.write("a");
      Pod next = cluster.follower();
      // A successor has four heartbeats to take over, which a busy machine may not give it.
      await("the successor leads", () -> leadsAfterTransfer(cluster.leader(), next));
      cluster.write("b");
      await("both are there", () -> next.machine.texts().equals(List.of("a", "b")));
    }
  }

  @Test
  void aFullDiskRefusesWritesButKeepsTheLeader() {
    try (LocalCluster cluster = new LocalCluster(3, 16)) {
      cluster.write("a");
      Pod leader = cluster.leader();
      long epoch = leader.machine.epoch();
      leader.logs.hasSpace(false);
      assertThat(propose(leader, "x")).isEqualTo(new Proposal.Refused("the disk is full"));
      assertThat(leader.group().readPermit().orTimeout(20, TimeUnit.SECONDS).join())
          .isEqualTo(ReadPermit.Granted.INSTANCE);
      leader.logs.hasSpace(true);
      assertThat(propose(leader, "b")).isInstanceOf(Proposal.Applied.class);
      assertThat(leader.machine.epoch()).isEqualTo(epoch);
    }
  }

  @Test
  void aFollowerWithAFullDiskCatchesUpWhenThereIsSpaceAgain() {
    try (LocalCluster cluster = new LocalCluster(3, 16)) {
      cluster.write("a");
      Pod follower = cluster.follower();
      follower.logs.hasSpace(false);
      cluster.write("b");
      cluster.write("c");
      assertThat(follower.machine.texts()).doesNotContain("c");
      follower.logs.hasSpace(true);
      await("it catches up", () -> follower.machine.texts().equals(List.of("a", "b", "c")));
    }
  }

  @Test
  void aReplicaWhoseStateMachineFailsStopsAndSaysWhy() {
    try (LocalCluster cluster = new LocalCluster(1, 16)) {
      Pod pod = cluster.leader();
      pod.machine.poison("bad");
      CompletableFuture<Proposal> good = pod.group().propose(pod.machine.epoch(), bytes("good"));
      CompletableFuture<Proposal> bad = pod.group().propose(pod.machine.epoch(), bytes("bad"));
      CompletableFuture<Proposal> behind =
          pod.group().propose(pod.machine.epoch(), bytes("behind"));
      assertThat(good.orTimeout(20, TimeUnit.SECONDS).join()).isInstanceOf(Proposal.Applied.class);
      assertThat(bad.orTimeout(20, TimeUnit.SECONDS).join()).isEqualTo(new Proposal.Unknown());
      // Sent away at the door if the replica had stopped by then.
      assertThat(behind.orTimeout(20, TimeUnit.SECONDS).join())
          .isIn(new Proposal.Unknown(), new Proposal.NotLeader(null));
      assertThat(pod.machine.texts()).containsExactly("good");
      assertThat(pod.group().report().role()).isEqualTo("STOPPED");
      await("the fault", () -> cluster.faults.size() == 1);
      assertThat(cluster.faults.getFirst()).hasMessage("poisoned by bad");
    }
  }

  @Test
  void tooManyProposalsInFlightAreRefusedWithinTheCall() {
    try (LocalCluster cluster = new LocalCluster(3, 16)) {
      Pod leader = cluster.leader();
      cluster.pods.values().stream().filter(p -> p != leader).forEach(cluster::cutOff);
      long epoch = leader.machine.epoch();
      for (int i = 0; i < 64; i++) {
        assertThat(leader.group().propose(epoch, bytes("e" + i))).isNotCompleted();
      }
      assertThat(leader.group().propose(epoch, bytes("one too many")))
          .isCompletedWithValue(new Proposal.Refused("too much in flight"));
    }
  }

  @Test
  void garbageIsDroppedAndCounted() {
    try (LocalCluster cluster = new LocalCluster(1, 16)) {
      GroupHost host = cluster.leader().host();
      host.receive("pod-9", GROUP, new byte[0]);
      host.receive("pod-9", GROUP, new byte[200]);
      host.receive("pod-9", new GroupId(99), new byte[200]);
      assertThat(host.droppedMessages()).isEqualTo(3);
    }
  }

  @Test
  void aGroupIsNotOpenedTwiceNorForSomebodyElse() {
    try (LocalCluster cluster = new LocalCluster(1, 16)) {
      Pod pod = cluster.leader();
      JournalMachine machine = new JournalMachine();
      List<Replica> founders = List.of(pod.replica);
      assertThatThrownBy(() -> pod.host().open(GROUP, pod.replica, founders, machine).join())
          .hasMessageContaining("open already");
      assertThatThrownBy(
              () -> pod.host().open(new GroupId(8), new Replica("pod-0", 9), founders, machine))
          .hasMessageContaining("not among the founders");
      assertThatThrownBy(
              () -> pod.host().open(new GroupId(8), new Replica("other", 1), founders, machine))
          .hasMessageContaining("does not live on");
    }
  }

  @Test
  void aRemovedGroupIsGone() {
    try (LocalCluster cluster = new LocalCluster(1, 16)) {
      Pod pod = cluster.leader();
      pod.host().remove(GROUP).orTimeout(20, TimeUnit.SECONDS).join();
      assertThat(pod.host().find(GROUP)).isNull();
      assertThat(pod.logs.restored()).isEmpty();
    }
  }

  private static boolean leadsAfterTransfer(Pod from, Pod to) {
    if (from != to) {
      from.group().transferLeadership(to.replica).exceptionally(_ -> null).join();
    }
    return to.machine.epoch() != 0;
  }

  private static Proposal propose(Pod pod, String text) {
    return pod.group()
        .propose(pod.machine.epoch(), bytes(text))
        .orTimeout(20, TimeUnit.SECONDS)
        .join();
  }
}
