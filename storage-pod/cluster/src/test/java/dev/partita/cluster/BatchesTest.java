package dev.partita.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.cluster.routing.Arrivals;
import dev.partita.cluster.routing.BatchDoor;
import dev.partita.cluster.routing.BatchRouter;
import dev.partita.cluster.support.ByteBudget;
import dev.partita.model.command.Overload;
import dev.partita.model.command.ReadOutcome;
import dev.partita.model.command.WriteCommand;
import dev.partita.model.command.WriteOutcome;
import dev.partita.model.key.PrimaryKey;
import dev.partita.model.table.TableRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several items at once, over the partitions and pods of a cluster.
class BatchesTest {
  private static final long LIMIT_SECONDS = 20;

  @TempDir Path directory;
  private final List<Pod> pods = new ArrayList<>();

  @BeforeEach
  void startAll() throws Exception {
    List<PodAddress> addresses =
        List.of(
            new PodAddress("pod-0", "zone-a", "127.0.0.1", FreePorts.next()),
            new PodAddress("pod-1", "zone-b", "127.0.0.1", FreePorts.next()),
            new PodAddress("pod-2", "zone-c", "127.0.0.1", FreePorts.next()));
    for (PodAddress address : addresses) {
      pods.add(
          Pod.start(
              new PodConfig(
                  "test",
                  address.name(),
                  directory.resolve(address.name()),
                  "127.0.0.1",
                  addresses,
                  PodLimits.DEFAULT)));
    }
    for (Pod pod : pods) {
      pod.awaitReady();
    }
  }

  @AfterEach
  void stopAll() throws Exception {
    for (Pod pod : pods) {
      pod.close();
      assertThat(pod.faults).isEmpty();
    }
  }

  @Test
  void whatOnePodWritesAtOnceEveryPodReadsAtOnce() throws Exception {
    TableRecord table = pods.getFirst().createActive(Items.table("orders", 6));
    List<WriteCommand> commands = new ArrayList<>();
    List<PrimaryKey> keys = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      commands.add(Items.put(table, "k" + i, "v" + i));
      keys.add(Items.key("k" + i));
    }
    keys.add(Items.key("nothing"));
    for (Pod pod : pods) {
      pod.active("orders");
      assertThat(write(pod, table, commands))
          .hasSize(100)
          .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(WriteOutcome.Written.class));
      for (Pod reader : pods) {
        reader.active("orders");
        List<ReadOutcome> outcomes = read(reader, table, keys, true);
        for (int i = 0; i < 100; i++) {
          assertThat(value(outcomes.get(i))).isEqualTo("v" + i);
        }
        assertThat(outcomes.getLast()).isInstanceOf(ReadOutcome.Missing.class);
      }
    }
    Await.await(
        "every replica has them",
        () -> read(pods.get(1), table, keys, false).stream().filter(this::found).count() == 100);
  }

  @Test
  void aBatchCostsARoundTripForAPartitionNotForAnItem() throws Exception {
    TableRecord table = pods.getFirst().createActive(Items.table("orders", 1));
    List<WriteCommand> commands = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      commands.add(Items.put(table, "k" + i, "v"));
    }
    Pod writer = pods.get(1);
    writer.active("orders");
    long before = entries(table);
    assertThat(write(writer, table, commands)).hasSize(25);
    // All were taken in before the lane turned; a turn that was under way may have cut them in two.
    assertThat(entries(table) - before).isBetween(1L, 2L);
  }

  @Test
  void aPartitionGivesAMegabyteAtOnce() throws Exception {
    TableRecord table = pods.getFirst().createActive(Items.table("orders", 1));
    List<PrimaryKey> keys = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      pods.getFirst().put(table, "k" + i, "v".repeat(100_000));
      keys.add(Items.key("k" + i));
    }
    for (boolean consistent : new boolean[] {true, false}) {
      List<ReadOutcome> outcomes = read(pods.getFirst(), table, keys, consistent);
      assertThat(outcomes.stream().filter(this::found)).hasSize(11);
      assertThat(outcomes.subList(11, 20))
          .allSatisfy(
              outcome -> {
                assertThat(outcome).isInstanceOf(ReadOutcome.Unavailable.class);
                assertThat(Overload.isReason(((ReadOutcome.Unavailable) outcome).reason()))
                    .isTrue();
              });
    }
  }

  @Test
  void itemsForWhichThereIsNoMemoryWhileOthersAreWaitedForCanBeAskedForAgain() throws Exception {
    TableRecord table = pods.getFirst().createActive(Items.table("orders", 6));
    List<PrimaryKey> keys = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      pods.getFirst().put(table, "k" + i, "v".repeat(20_000));
      keys.add(Items.key("k" + i));
    }
    // Of one table, and of many: it is one batch.
    List<Cluster.Reads> together = List.of(new Cluster.Reads(table, keys, true));
    List<Cluster.Reads> each =
        keys.stream().map(key -> new Cluster.Reads(table, List.of(key), true)).toList();
    PodParts parts = pods.getFirst().node.parts();
    ByteBudget memory = new ByteBudget(110_000);
    try (Arrivals arrivals = Arrivals.start(2, new ByteBudget(1 << 20))) {
      BatchRouter batches =
          new BatchRouter(
              parts.router(), new BatchDoor(parts.partitions()), parts.network(), arrivals, memory);
      for (List<Cluster.Reads> batch : List.of(together, each)) {
        List<ReadOutcome> outcomes =
            batches.read(batch).get(20, TimeUnit.SECONDS).stream().flatMap(List::stream).toList();
        assertThat(outcomes.stream().filter(this::found)).hasSize(5);
        assertThat(outcomes)
            .filteredOn(ReadOutcome.Unavailable.class::isInstance)
            .hasSize(15)
            .allSatisfy(
                outcome ->
                    assertThat(Overload.isReason(((ReadOutcome.Unavailable) outcome).reason()))
                        .isTrue());
        Await.await("the memory is given back", () -> memory.used() == 0);
      }
    }
  }

  @Test
  void aBatchFindsTheNewLeaderWhenAPodIsLost() throws Exception {
    TableRecord table = pods.getFirst().createActive(Items.table("orders", 4));
    List<WriteCommand> commands = new ArrayList<>();
    List<PrimaryKey> keys = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      commands.add(Items.put(table, "k" + i, "v" + i));
      keys.add(Items.key("k" + i));
    }
    pods.get(2).active("orders");
    // Without farewell: the others must notice by themselves.
    pods.get(0).node.parts().network().close();
    // What was on its way to the lost pod may come back as indeterminate.
    Await.await(
        "all are written without it",
        () ->
            write(pods.get(2), table, commands).stream()
                .allMatch(WriteOutcome.Written.class::isInstance));
    assertThat(read(pods.get(1), table, keys, true))
        .allSatisfy(outcome -> assertThat(found(outcome)).isTrue());
  }

  private long entries(TableRecord table) {
    return pods.stream()
        .map(pod -> pod.node.parts().partitions().find(table.partitions().getFirst().id()))
        .mapToLong(partition -> Objects.requireNonNull(partition).report().entries())
        .sum();
  }

  private boolean found(ReadOutcome outcome) {
    return outcome instanceof ReadOutcome.Found;
  }

  private static String value(ReadOutcome outcome) {
    return String.valueOf(Items.value(((ReadOutcome.Found) outcome).stored()));
  }

  private static List<WriteOutcome> write(Pod pod, TableRecord table, List<WriteCommand> commands)
      throws Exception {
    return pod.node.writeAll(table, commands).get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  private static List<ReadOutcome> read(
      Pod pod, TableRecord table, List<PrimaryKey> keys, boolean consistent) throws Exception {
    return pod.node
        .readAll(List.of(new Cluster.Reads(table, keys, consistent)))
        .get(LIMIT_SECONDS, TimeUnit.SECONDS)
        .getFirst();
  }
}
