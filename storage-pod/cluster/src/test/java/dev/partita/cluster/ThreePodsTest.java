package dev.partita.cluster;

import static dev.partita.cluster.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.engine.Rows.Cursor;
import dev.partita.model.command.WriteOutcome;
import dev.partita.model.table.PartitionDescriptor;
import dev.partita.model.table.TableRecord;
import dev.partita.model.table.TableRecord.TableStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThreePodsTest {
  private static final long FAILOVER_LIMIT_MILLIS = 3_000;

  @TempDir Path directory;
  private final List<PodAddress> addresses =
      List.of(
          new PodAddress("pod-0", "zone-a", "127.0.0.1", FreePorts.next()),
          new PodAddress("pod-1", "zone-b", "127.0.0.1", FreePorts.next()),
          new PodAddress("pod-2", "zone-c", "127.0.0.1", FreePorts.next()));
  private final TreeMap<Integer, Pod> pods = new TreeMap<>();

  @BeforeEach
  void startAll() throws Exception {
    for (int i = 0; i < 3; i++) {
      start(i);
    }
    for (Pod pod : pods.values()) {
      pod.awaitReady();
    }
  }

  @AfterEach
  void stopAll() throws Exception {
    for (Pod pod : pods.values()) {
      pod.close();
      assertThat(pod.faults).isEmpty();
    }
  }

  @Test
  void anyPodAnswersForEveryPartitionOfEveryTable() throws Exception {
    TableRecord table = pod(1).createActive(Items.table("orders", 6));
    assertThat(table.partitions()).hasSize(6);
    for (int i = 0; i < 60; i++) {
      assertWritten(pod(i % 3).put(table, "k" + i, "v" + i));
    }
    for (int i = 0; i < 60; i++) {
      for (int p = 0; p < 3; p++) {
        assertThat(pod(p).get(pod(p).active("orders"), "k" + i, true)).isEqualTo("v" + i);
      }
    }
    awaitEqualReplicas(table);
    for (int i = 0; i < 60; i++) {
      assertThat(pod(i % 3).get(table, "k" + i, false)).isEqualTo("v" + i);
    }
    assertThat(pod(2).node.tables().get(20, TimeUnit.SECONDS)).containsExactly(table);
    assertThat(pod(2).node.size(table).items()).isEqualTo(60);
  }

  @Test
  void readsAndWritesGoOnWithoutAPodAndItCatchesUpWhenItComesBack() throws Exception {
    TableRecord table = pod(0).createActive(Items.table("orders", 4));
    for (int i = 0; i < 20; i++) {
      assertWritten(pod(0).put(table, "k" + i, "before"));
    }
    for (int gone = 0; gone < 3; gone++) {
      // Without farewell: the others must notice by themselves.
      pod(gone).node.parts().network().close();
      Pod first = pod((gone + 1) % 3);
      Pod second = pod((gone + 2) % 3);
      long begun = System.nanoTime();
      for (int i = 0; i < 20; i++) {
        String value = "without " + gone;
        String key = "k" + i;
        writeUntilDone(i % 2 == 0 ? first : second, table, key, value);
        assertThat((i % 2 == 0 ? second : first).get(table, key, true)).isEqualTo(value);
      }
      assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun))
          .isLessThan(FAILOVER_LIMIT_MILLIS);
      pod(gone).close();
      start(gone).awaitReady();
      awaitEqualReplicas(table);
      assertThat(pod(gone).get(table, "k7", false)).isEqualTo("without " + gone);
    }
  }

  @Test
  void anOrderlyStopIsNotNoticedByTheOthers() throws Exception {
    TableRecord table = pod(0).createActive(Items.table("orders", 6));
    stop(2);
    for (int i = 0; i < 30; i++) {
      assertWritten(pod(i % 2).put(table, "k" + i, "v"));
    }
    start(2).awaitReady();
    awaitEqualReplicas(table);
  }

  @Test
  void aLeaderTellsWhichFollowersCouldGoOnWithoutIt() throws Exception {
    pod(0).createActive(Items.table("orders", 6));
    await("all are caught up", () -> caughtUp("pod-0", "pod-1", "pod-2"));
    stop(2);
    await("pod-2 is missed", () -> caughtUp("pod-0", "pod-1") && !caughtUp("pod-2"));
    assertThat(pod(0).node.report().pods())
        .contains(new ClusterReport.PodReport("pod-2", "zone-c", false));
    start(2).awaitReady();
    await("all are caught up again", () -> caughtUp("pod-0", "pod-1", "pod-2"));
  }

  /// Whether every group has a leader, and these pods, where they follow, are caught up with it.
  private boolean caughtUp(String... names) {
    Set<String> wanted = Set.of(names);
    Set<Long> led = new HashSet<>();
    for (Pod pod : pods.values()) {
      ClusterReport report = pod.node.report();
      List<ClusterReport.FollowerView> followers = new ArrayList<>();
      ClusterReport.CatalogView catalog = Objects.requireNonNull(report.catalog());
      if (catalog.role().equals("LEADER")) {
        led.add(0L);
        assertThat(catalog.followers()).hasSizeLessThanOrEqualTo(2);
        followers.addAll(catalog.followers());
      }
      for (ClusterReport.PartitionView partition : report.partitions()) {
        ClusterReport.ReplicaView here = Objects.requireNonNull(partition.here());
        if (here.role().equals("LEADER")) {
          led.add(partition.descriptor().id());
          followers.addAll(here.followers());
        }
      }
      if (followers.stream().anyMatch(f -> wanted.contains(f.pod()) && !f.caughtUp())) {
        return false;
      }
    }
    return led.size() == 7;
  }

  @Test
  void leadershipsGoBackToAnEvenSpreadButNotToWhoHasJustCome() throws Exception {
    TableRecord table = pod(0).createActive(Items.table("orders", 6));
    stop(2);
    start(2).awaitReady();
    await("all are caught up", () -> caughtUp("pod-0", "pod-1", "pod-2"));
    // Their own, by real time, shall not join in.
    pods.values().forEach(pod -> pod.node.parts().spread().stop());
    AtomicLong clock = new AtomicLong();
    List<LeaderSpread> spreads =
        pods.values().stream()
            .map(
                pod ->
                    new LeaderSpread(
                        pod.config.name(),
                        pod.node.parts().partitions(),
                        pod.node.parts().network(),
                        clock::get))
            .toList();
    spreads.forEach(LeaderSpread::run);
    clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(HandOverTimes.SETTLED_MILLIS) - 1);
    spreads.forEach(LeaderSpread::run);
    assertThat(spreads).allMatch(spread -> spread.handed() == 0);
    AtomicInteger written = new AtomicInteger();
    await(
        "two for each pod",
        () -> {
          clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(HandOverTimes.SETTLED_MILLIS));
          spreads.forEach(LeaderSpread::run);
          // Who writes meanwhile does not notice.
          for (Pod pod : pods.values()) {
            int n = written.incrementAndGet();
            assertWritten(pod.put(table, "k" + n % 40, "v" + n));
          }
          return leaders().equals(List.of(2L, 2L, 2L));
        });
    assertThat(spreads).anyMatch(spread -> spread.handed() > 0);
  }

  @Test
  void aPodThatWillSoonGoGetsNoLeadership() throws Exception {
    pod(0).createActive(Items.table("orders", 6));
    await("all are caught up", () -> caughtUp("pod-0", "pod-1", "pod-2"));
    assertThat(pod(0).node.parts().network().stays("pod-2")).isTrue();
    pod(2).node.drain();
    await(
        "the others know",
        () -> Stream.of(pod(0), pod(1)).noneMatch(p -> p.node.parts().network().stays("pod-2")));
    assertThat(pod(0).node.parts().network().reachable("pod-2")).isTrue();
    long led = leaders().get(2);
    stop(0);
    await("pod-1 got all that pod-0 had", () -> leaders().equals(List.of(6 - led, led)));
    stop(2);
    start(2).awaitReady();
    await("it stays again", () -> pod(1).node.parts().network().stays("pod-2"));
  }

  /// How many partitions each pod leads.
  private List<Long> leaders() {
    return pods.values().stream()
        .map(
            pod ->
                pod.node.parts().partitions().open().stream()
                    .filter(p -> p.report().role().equals("LEADER"))
                    .count())
        .toList();
  }

  @Test
  void aPodThatLostItsDataIsKeptOutAndTheOthersGoOn() throws Exception {
    TableRecord table = pod(0).createActive(Items.table("orders", 2));
    assertWritten(pod(0).put(table, "a", "1"));
    awaitEqualReplicas(table);
    stop(2);
    Path data = pod(0).config.dataDirectory().resolveSibling("pod-2");
    Path away = data.resolveSibling("away");
    Files.move(data, away);
    Pod wiped = start(2);
    await(
        "both refused it",
        () ->
            Stream.of(pod(0), pod(1))
                .allMatch(
                    pod -> pod.registry.counter("partita_peer_refused_connections").count() > 0));
    assertWritten(pod(0).put(table, "a", "2"));
    assertThat(wiped.node.ready()).isFalse();
    assertThat(pod(1).get(table, "a", true)).isEqualTo("2");
    stop(2);
    Files.move(data, data.resolveSibling("wiped"));
    Files.move(away, data);
    start(2).awaitReady();
    awaitEqualReplicas(table);
    assertThat(pod(2).get(table, "a", false)).isEqualTo("2");
  }

  @Test
  void tablesAreCreatedAndDeletedWhileAPodIsDown() throws Exception {
    TableRecord old = pod(0).createActive(Items.table("old", 3));
    assertWritten(pod(0).put(old, "a", "1"));
    awaitEqualReplicas(old);
    stop(1);
    TableRecord fresh = pod(0).createActive(Items.table("fresh", 3));
    assertWritten(pod(2).put(fresh, "b", "2"));
    assertThat(pod(2).node.deleteTable("old").get(20, TimeUnit.SECONDS))
        .isInstanceOf(TableOutcome.Done.class);
    await("old is gone", () -> pod(0).table("old") == null && pod(2).table("old") == null);
    start(1).awaitReady();
    await("the pod knows", () -> pod(1).table("old") == null && pod(1).table("fresh") != null);
    for (PartitionDescriptor partition : old.partitions()) {
      await("rows are gone", () -> holdsNothing(pod(1), partition));
      await("it is held no more", () -> !pod(1).node.parts().partitions().holds(partition.id()));
      assertThat(checksum(pod(1), partition)).isEqualTo(new ChecksumOutcome.NoReplica());
    }
    awaitEqualReplicas(fresh);
    assertThat(pod(1).get(fresh, "b", true)).isEqualTo("2");
  }

  @Test
  void aTableIsActiveOnEveryPodAndEveryPodMayChangeIt() throws Exception {
    TableRecord table = pod(0).createActive(Items.provisioned("t", 5, 5, false));
    TableRecord seen = pod(1).active("t");
    assertThat(seen).isEqualTo(table);
    TableOutcome updated =
        pod(2)
            .node
            .updateTable("t", Items.provisioned("t", 7, 5, true), table.definition())
            .get(20, TimeUnit.SECONDS);
    assertThat(updated).isInstanceOf(TableOutcome.Done.class);
    assertThat(pod(2).table("t")).isEqualTo(((TableOutcome.Done) updated).table());
    assertThat(pod(1).node.deleteTable("t").get(20, TimeUnit.SECONDS))
        .isInstanceOf(TableOutcome.Protected.class);
    await(
        "all are reachable",
        () -> pod(1).node.report().pods().stream().allMatch(ClusterReport.PodReport::reachable));
    ClusterReport report = pod(1).node.report();

    assertThat(report.catalogLeader()).isNotNull();
    assertThat(report.partitions()).hasSize(1);
    assertThat(report.partitions().getFirst().leader()).isNotNull();
    assertThat(seen.status()).isEqualTo(TableStatus.ACTIVE);
  }

  @Test
  void aPodThatCannotAskTheCatalogDoesNotDenyATableThatItDoesNotKnow() throws Exception {
    stop(2);
    TableRecord table = pod(0).createActive(Items.table("fresh", 1));
    stop(0);
    stop(1);
    start(2);
    assertThat(pod(2).lookup("fresh")).isInstanceOf(TableLookup.Unavailable.class);
    assertThat(pod(2).node.tables().get(20, TimeUnit.SECONDS)).isNull();
    start(0);
    pod(2).awaitReady();
    assertThat(pod(2).lookup("fresh")).isEqualTo(new TableLookup.Found(table));
    assertThat(pod(2).lookup("never")).isEqualTo(new TableLookup.Missing());
    stop(0);
    assertThat(pod(2).lookup("fresh")).isEqualTo(new TableLookup.Found(table));
    assertThat(pod(2).lookup("never")).isInstanceOf(TableLookup.Unavailable.class);
    assertThat(pod(2).node.tables().get(20, TimeUnit.SECONDS)).containsExactly(table);
  }

  private Pod pod(int i) {
    Pod pod = pods.get(i);
    if (pod == null) {
      throw new AssertionError("pod " + i + " is down");
    }
    return pod;
  }

  private void stop(int i) throws Exception {
    pod(i).close();
    pods.remove(i);
  }

  private Pod start(int i) {
    PodConfig config =
        new PodConfig(
            "test",
            "pod-" + i,
            directory.resolve("pod-" + i),
            "127.0.0.1",
            addresses,
            PodLimits.DEFAULT);
    Pod pod = Pod.start(config);
    pods.put(i, pod);
    return pod;
  }

  private static void assertWritten(WriteOutcome outcome) {
    assertThat(outcome).isInstanceOf(WriteOutcome.Written.class);
  }

  /// As an SDK does: an answer that may be retried is retried.
  private static void writeUntilDone(Pod pod, TableRecord table, String key, String value)
      throws Exception {
    await("write of " + key, () -> pod.put(table, key, value) instanceof WriteOutcome.Written);
  }

  private static boolean holdsNothing(Pod pod, PartitionDescriptor partition) {
    try (Cursor cursor =
        pod.node
            .parts()
            .store()
            .scan(partition.range().from().unsafeArray(), partition.range().to().unsafeArray())) {
      return !cursor.next();
    }
  }

  private static ChecksumOutcome checksum(Pod pod, PartitionDescriptor partition) throws Exception {
    return pod.node.checksum(partition.id()).get(20, TimeUnit.SECONDS);
  }

  /// Waits until all replicas and all copies of the catalog have one sum at one position.
  private void awaitEqualReplicas(TableRecord table) throws Exception {
    for (PartitionDescriptor descriptor : table.partitions()) {
      await(
          "replicas of " + descriptor.id() + " are equal",
          () -> {
            Set<ChecksumOutcome> sums = new HashSet<>();
            for (Pod pod : pods.values()) {
              sums.add(checksum(pod, descriptor));
            }
            return sums.size() == 1
                && sums.iterator().next() instanceof ChecksumOutcome.Summed(var sum)
                && sum.position().index() > 0;
          });
    }
    await(
        "copies of the catalog are equal",
        () -> {
          Set<ChecksumOutcome> sums = new HashSet<>();
          for (Pod pod : pods.values()) {
            sums.add(pod.node.catalogChecksum().get(20, TimeUnit.SECONDS));
          }
          return sums.size() == 1
              && sums.iterator().next() instanceof ChecksumOutcome.Summed(var sum)
              && sum.rows() > 0;
        });
  }
}
