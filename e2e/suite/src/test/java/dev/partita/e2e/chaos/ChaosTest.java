package dev.partita.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.e2e.check.Replicas;
import dev.partita.e2e.check.Verdict;
import dev.partita.e2e.process.AdminPort;
import dev.partita.e2e.process.PartitaCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Pods are killed, stopped and restarted under load; what the clients saw must be explained by
/// single registers, and the replicas must end up equal by checksum.
///
/// `-Dpartita.chaos.seconds=N` sets how long (30 by default), `-Dpartita.chaos.seed=K` what
/// happens.
class ChaosTest {

  private static final Duration LENGTH =
      Duration.ofSeconds(Long.getLong("partita.chaos.seconds", 30));
  private static final long SEED = Long.getLong("partita.chaos.seed", System.nanoTime());
  private static final String TABLE = "Chaos";
  private static final int PARTITIONS = 4;

  /// How long replicas may take to stand at the same position once nobody writes.
  private static final Duration MEET_LIMIT = Duration.ofSeconds(60);

  /// Calls that a run sees answered even where the machine is busy with something else.
  private static final int ANSWERED_AT_LEAST = 1_000;

  @TempDir private Path scratch;

  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void noAcknowledgedWriteIsLostAndEveryRegisterIsLinearizable() throws Exception {
    System.out.println("chaos: seed " + SEED);
    try (PartitaCluster cluster =
        PartitaCluster.start(scratch.resolve("cluster"), scratch.resolve("commands.log"))) {
      ChaosTable.create(cluster, TABLE, PARTITIONS);
      ChaosRun.Seen seen = new ChaosRun(cluster, TABLE, SEED).run(LENGTH);
      report(seen.deeds());
      assertThat(kinds(seen.deeds()))
          .as("every kind of harm")
          .containsOnlyKeys(Fault.Kind.values());

      Verdict verdict = Verdict.of(seen.histories());
      System.out.printf(
          "chaos: %d registers, longest history %d, %d calls answered: %s%n",
          verdict.registers(), verdict.longest(), verdict.answered(), verdict.calls());
      assertThat(verdict.violations()).as("seed %d", SEED).isEmpty();
      assertLoadWasReal(verdict);

      for (Replicas.Equal equal : equalReplicas(cluster)) {
        System.out.println("chaos: equal on all pods: " + equal.group() + " " + equal.sum());
      }
      for (int pod = 0; pod < cluster.count(); pod++) {
        assertThat(cluster.process(pod)).as("pod %d runs", pod).isPresent();
        assertThat(cluster.errors(pod)).as("errors of pod %d", pod).isEmpty();
      }
    }
  }

  private static Map<Fault.Kind, Integer> kinds(List<Nemesis.Deed> deeds) {
    Map<Fault.Kind, Integer> kinds = new EnumMap<>(Fault.Kind.class);
    deeds.forEach(deed -> kinds.merge(deed.fault().kind(), 1, Integer::sum));
    return kinds;
  }

  private static void report(List<Nemesis.Deed> deeds) {
    deeds.forEach(deed -> System.out.println("chaos: " + deed));
    System.out.printf("chaos: %d faults, %s%n", deeds.size(), kinds(deeds));
  }

  /// A run in which hardly anything happened shows nothing.
  private static void assertLoadWasReal(Verdict verdict) {
    assertThat(verdict.answered()).as("the load went on").isGreaterThan(ANSWERED_AT_LEAST);
    for (String kind :
        List.of(
            "Read done",
            "Write done",
            "Exchange done",
            "Swap done",
            "Swap refused",
            "Add done",
            "AddBelow done",
            "AddBelow refused",
            "Delete done")) {
      assertThat(verdict.count(kind)).as(kind).isPositive();
    }
  }

  /// The catalog and the table's partitions on all pods.
  private static List<Replicas.Equal> equalReplicas(PartitaCluster cluster) throws Exception {
    List<AdminPort> pods = new ArrayList<>();
    for (int pod = 0; pod < cluster.count(); pod++) {
      pods.add(new AdminPort(cluster.admin(pod)));
    }
    try {
      List<Replicas.Equal> equal = Replicas.awaitEqual(pods, MEET_LIMIT);
      assertThat(equal).hasSize(1 + PARTITIONS);
      assertThat(equal).allSatisfy(e -> assertThat(e.sum().rows()).isPositive());
      return equal;
    } finally {
      pods.forEach(AdminPort::close);
    }
  }
}
