package dev.partita.partition;

import static dev.partita.partition.Items.item;
import static dev.partita.partition.Items.n;
import static dev.partita.partition.Items.s;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.engine.Rows.Cursor;
import dev.partita.model.command.ReadOutcome;
import dev.partita.model.command.ReturnValues;
import dev.partita.model.command.WriteOutcome;
import dev.partita.model.item.StoredItem;
import dev.partita.model.key.PrimaryKey;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.Bytes;
import dev.partita.partition.Pods.Pod;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Three replicas with real consensus and real item stores in one JVM.
class ReplicasTest {

  @TempDir private Path directory;

  private static @Nullable Map<String, AttributeValue> found(ReadOutcome outcome) {
    return switch (outcome) {
      case ReadOutcome.Found(var stored) -> Items.decoded(StoredItem.body(stored.unsafeArray()));
      case ReadOutcome.Missing _ -> null;
      case ReadOutcome.Unavailable(String reason) -> throw new AssertionError(reason);
    };
  }

  private static final PrimaryKey COUNTER = Items.key("counter");

  private static long counter(Pods pods) {
    if (pods.read(COUNTER) instanceof ReadOutcome.Found(Bytes stored)) {
      return Items.counter(StoredItem.body(stored.unsafeArray()));
    }
    throw new AssertionError("no counter");
  }

  @Test
  void twoHundredWritersOfOneCounterEachGetANumberOfTheirOwn() {
    try (Pods pods = new Pods(3, directory)) {
      int writers = 200;
      int each = 5;
      int total = writers * each;
      Pod leader = pods.leader();
      Set<Long> seen = ConcurrentHashMap.newKeySet();
      Phaser done = new Phaser(1 + writers);
      List<Thread> threads =
          IntStream.range(0, writers)
              .mapToObj(
                  _ ->
                      Thread.ofVirtual()
                          .start(
                              () -> {
                                for (int i = 0; i < each; i++) {
                                  if (pods.write(Items.add(Pods.TABLE, "counter", 1))
                                      instanceof WriteOutcome.Written written) {
                                    seen.add(Items.counter(written.attributes()));
                                  }
                                }
                                done.arrive();
                              }))
              .toList();
      assertThat(threads).hasSize(writers);
      done.arriveAndAwaitAdvance();

      assertThat(seen).hasSize(total).contains(1L, (long) total);
      assertThat(counter(pods)).isEqualTo(total);
      PartitionReport report = leader.partition().report();
      assertThat(report.commands()).isEqualTo(total);
      assertThat(report.entries()).as("writers share entries").isLessThan(report.commands() / 2);
      pods.awaitEven();
      assertThat(Pods.rows(pods.all.get(0)))
          .isEqualTo(Pods.rows(pods.all.get(1)))
          .isEqualTo(Pods.rows(pods.all.get(2)));
      assertThat(pods.faults).isEmpty();
    }
  }

  @Test
  void acknowledgedWritesOutliveTheLeaderAndTheOldLeaderCatchesUp() {
    try (Pods pods = new Pods(3, directory)) {
      int acknowledged = 0;
      int possible = 0;
      Pod killed = pods.leader();
      for (int i = 0; i < 60; i++) {
        if (i == 30) {
          pods.kill(killed);
        }
        switch (pods.write(Items.add(Pods.TABLE, "counter", 1))) {
          case WriteOutcome.Written _ -> acknowledged++;
          case WriteOutcome.Unavailable(_, boolean indeterminate) ->
              possible += indeterminate ? 1 : 0;
          case WriteOutcome.ConditionFailed f -> throw new AssertionError(f);
          case WriteOutcome.Invalid invalid -> throw new AssertionError(invalid);
          case WriteOutcome.CollectionFull full -> throw new AssertionError(full);
        }
      }
      assertThat(counter(pods)).isBetween((long) acknowledged, (long) acknowledged + possible);
      assertThat(acknowledged).isGreaterThan(30);

      pods.start(killed);
      pods.awaitEven();
      assertThat(Pods.rows(killed)).isEqualTo(Pods.rows(pods.leader()));
      assertThat(pods.faults).isEmpty();
    }
  }

  @Test
  void aReplicaThatWasAwayForLongIsBroughtUpBySnapshot() {
    try (Pods pods = new Pods(3, directory)) {
      Pod away = pods.follower();
      pods.write(Items.put(Pods.TABLE, item("goes", "n", n(1))));
      pods.awaitEven();
      pods.kill(away);
      pods.write(Items.delete(Pods.TABLE, "goes"));
      for (int i = 0; i < 100; i++) {
        pods.write(Items.put(Pods.TABLE, item("k" + i % 40, "v", s("x".repeat(100)), "n", n(i))));
        if (i % 30 == 29) {
          pods.all.stream().filter(Pod::runs).forEach(Pods::checkpoint);
        }
      }
      pods.start(away);
      pods.awaitEven();
      assertThat(Pods.rows(away)).hasSize(40).isEqualTo(Pods.rows(pods.leader()));
      assertThat(away.partition().report().items()).isEqualTo(40);
      assertThat(away.partition().report().bytes())
          .isEqualTo(pods.leader().partition().report().bytes());
      assertThat(pods.faults).isEmpty();
    }
  }

  @Test
  void strongReadsSeeEveryAcknowledgedWriteAndFollowersSendThemOn() {
    try (Pods pods = new Pods(3, directory)) {
      for (int i = 0; i < 50; i++) {
        pods.write(Items.put(Pods.TABLE, item("a", "n", n(i))));
        assertThat(found(pods.read(Items.key("a")))).isEqualTo(item("a", "n", n(i)));
      }
      assertThat(found(pods.read(Items.key("never")))).isNull();
      Reply<ReadOutcome> sentOn =
          pods.follower()
              .partition()
              .read(Items.key("a"), true)
              .orTimeout(20, TimeUnit.SECONDS)
              .join();
      assertThat(sentOn).isEqualTo(new Reply.NotLeader<ReadOutcome>(pods.leader().replica));
      pods.awaitEven();
      Reply<ReadOutcome> eventual = pods.follower().partition().read(Items.key("a"), false).join();
      assertThat(eventual)
          .isInstanceOfSatisfying(
              Reply.Answer.class,
              answer ->
                  assertThat(found((ReadOutcome) answer.value())).isEqualTo(item("a", "n", n(49))));
    }
  }

  @Test
  void leadershipCanBeHandedOver() {
    try (Pods pods = new Pods(3, directory)) {
      pods.write(Items.add(Pods.TABLE, "counter", 1));
      Pod next = pods.follower();
      pods.leader()
          .partition()
          .transferLeadership(next.replica)
          .orTimeout(20, TimeUnit.SECONDS)
          .join();
      Pods.await("the new leader", next::leads);
      pods.write(Items.add(Pods.TABLE, "counter", 1));
      assertThat(found(pods.read(COUNTER))).isEqualTo(item("counter", "n", n(2)));
    }
  }

  @Test
  void aSingleReplicaRunsTheSameAndKeepsItsRowsOverARestart() {
    try (Pods pods = new Pods(1, directory)) {
      Pod only = pods.leader();
      for (int i = 0; i < 20; i++) {
        pods.write(Items.add(Pods.TABLE, "counter", 1));
      }
      Pods.checkpoint(only);
      for (int i = 0; i < 20; i++) {
        pods.write(Items.add(Pods.TABLE, "counter", 1));
      }
      pods.kill(only);
      pods.start(only);
      assertThat(found(pods.read(COUNTER))).isEqualTo(item("counter", "n", n(40)));
      assertThat(
              pods.write(
                  Items.put(Pods.TABLE, item("counter"), Items.ABSENT, ReturnValues.NONE, false)))
          .isInstanceOf(WriteOutcome.ConditionFailed.class);
    }
  }

  @Test
  void whatLiesElsewhereIsAnsweredWithTheRangeHere() {
    try (Pods pods = new Pods(1, directory)) {
      Partition only = pods.leader().partition();
      assertThat(only.write(Items.put(Pods.TABLE + 1, item("a"))).join())
          .isEqualTo(new Reply.WrongRange<WriteOutcome>(List.of(pods.descriptor())));
      assertThat(only.report().items()).isZero();
    }
  }

  @Test
  void aDroppedReplicaLeavesNothingBehind() {
    try (Pods pods = new Pods(1, directory)) {
      Pod only = pods.leader();
      pods.write(Items.put(Pods.TABLE, item("a")));
      assertThat(StoredReplicas.list(only.store())).containsExactly(pods.descriptor());
      only.partition().drop().orTimeout(20, TimeUnit.SECONDS).join();
      only.partition().drop().orTimeout(20, TimeUnit.SECONDS).join();
      assertThat(Pods.rows(only)).isEmpty();
      assertThat(StoredReplicas.list(only.store())).isEmpty();
      assertThat(only.host().groups()).isEmpty();
      assertThat(only.partition().read(Items.key("a"), false).join())
          .isEqualTo(new Reply.NotLeader<ReadOutcome>(null));
      assertThat(only.partition().write(Items.put(Pods.TABLE, item("a"))).join())
          .isEqualTo(new Reply.NotLeader<WriteOutcome>(null));
      try (Cursor meta = only.store().scanMeta(ReplicaKeys.from(), ReplicaKeys.to())) {
        assertThat(meta.next()).isFalse();
      }
    }
  }

  @Test
  void aDropThatACrashInterruptedIsFinishedBeforeTheReplicaOpensAgain() {
    try (Pods pods = new Pods(1, directory)) {
      Pod only = pods.leader();
      pods.write(Items.put(Pods.TABLE, item("a")));
      ReplicaState state =
          ReplicaState.decode(
              Objects.requireNonNull(only.store().meta(ReplicaKeys.state(Pods.PARTITION))));
      StoredReplicas.mark(state.toBeDropped(), only.store());
      pods.kill(only);
      pods.start(only);
      assertThat(found(pods.read(Items.key("a")))).isNull();
      assertThat(only.partition().report().items()).isZero();
    }
  }

  @Test
  void dropsInterruptedByACrashCanBeFinishedWithoutOpening() {
    try (Pods pods = new Pods(1, directory)) {
      Pod only = pods.leader();
      pods.write(Items.put(Pods.TABLE, item("a")));
      ReplicaState state =
          ReplicaState.decode(
              Objects.requireNonNull(only.store().meta(ReplicaKeys.state(Pods.PARTITION))));
      StoredReplicas.mark(state.toBeDropped(), only.store());
      assertThat(StoredReplicas.list(only.store())).isEmpty();
      StoredReplicas.finishDrops(only.store(), only.host(), Runnable::run)
          .orTimeout(20, TimeUnit.SECONDS)
          .join();
      assertThat(Pods.rows(only)).isEmpty();
      StoredReplicas.drop(Pods.PARTITION, only.store(), only.host(), Runnable::run)
          .orTimeout(20, TimeUnit.SECONDS)
          .join();
    }
  }
}
