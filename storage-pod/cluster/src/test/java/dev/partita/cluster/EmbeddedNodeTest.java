package dev.partita.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.model.command.WriteOutcome;
import dev.partita.model.table.TableDefinition;
import dev.partita.model.table.TableRecord;
import dev.partita.model.table.TableRecord.TableStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedNodeTest {
  @TempDir Path directory;
  private Pod pod;

  @BeforeEach
  void start() throws Exception {
    pod = Pod.start(PodConfig.embedded(directory)).awaitReady();
  }

  @AfterEach
  void stop() throws Exception {
    pod.close();
    assertThat(pod.faults).isEmpty();
  }

  @Test
  void aNewTableBecomesActiveAndTakesItems() throws Exception {
    TableOutcome outcome = pod.create(Items.table("orders", 1));
    assertThat(outcome).isInstanceOf(TableOutcome.Done.class);
    assertThat(((TableOutcome.Done) outcome).table().status()).isEqualTo(TableStatus.CREATING);
    TableRecord table = pod.active("orders");
    assertThat(pod.put(table, "a", "1")).isInstanceOf(WriteOutcome.Written.class);
    assertThat(pod.get(table, "a", true)).isEqualTo("1");
    assertThat(pod.get(table, "a", false)).isEqualTo("1");
    assertThat(pod.get(table, "b", true)).isEqualTo("(none)");
    assertThat(pod.node.size(table)).isEqualTo(new TableSize(1, 5));
    assertThat(pod.table("nothing")).isNull();
    assertThat(pod.registry.get("partita_leaders").gauge().value()).isEqualTo(1);
    assertThat(pod.registry.get("partita_write").timer().count()).isEqualTo(1);
  }

  @Test
  void everythingIsThereAfterARestart() throws Exception {
    TableRecord table = pod.createActive(Items.table("orders", 4));
    List<CompletableFuture<WriteOutcome>> writes = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      writes.add(pod.node.write(table, Items.put(table, "k" + i, "v" + i)));
    }
    for (CompletableFuture<WriteOutcome> write : writes) {
      assertThat(write.get(20, TimeUnit.SECONDS)).isInstanceOf(WriteOutcome.Written.class);
    }
    pod.close();
    start();
    TableRecord again = pod.table("orders");
    assertThat(again).isEqualTo(table);
    for (int i = 0; i < 200; i++) {
      assertThat(pod.get(table, "k" + i, i % 2 == 0)).isEqualTo("v" + i);
    }
    assertThat(pod.node.size(table).items()).isEqualTo(200);
    assertThat(pod.node.report().partitions()).hasSize(4);
  }

  @Test
  void aDeletedTableVanishesAndItsNameMayBeUsedAgainWithoutItsItems() throws Exception {
    TableRecord table = pod.createActive(Items.table("orders", 2));
    pod.put(table, "a", "1");
    TableOutcome outcome = pod.node.deleteTable("orders").get(20, TimeUnit.SECONDS);
    assertThat(((TableOutcome.Done) outcome).table().status()).isEqualTo(TableStatus.DELETING);
    Await.await("the table is gone", () -> pod.table("orders") == null);
    assertThat(pod.node.parts().partitions().open()).isEmpty();
    TableRecord fresh = pod.createActive(Items.table("orders", 2));
    assertThat(fresh.id()).isGreaterThan(table.id());
    assertThat(fresh.partitions().getFirst().id()).isGreaterThan(table.partitions().getLast().id());
    assertThat(pod.get(fresh, "a", true)).isEqualTo("(none)");
    assertThat(pod.node.deleteTable("nothing").get(20, TimeUnit.SECONDS))
        .isInstanceOf(TableOutcome.NotFound.class);
  }

  @Test
  void aTableIsCreatedOnceAndListedByName() throws Exception {
    pod.createActive(Items.table("b-table", 1));
    pod.createActive(Items.table("a-table", 1));
    assertThat(pod.create(Items.table("a-table", 1)))
        .isInstanceOf(TableOutcome.AlreadyExists.class);
    List<TableRecord> tables = pod.node.tables().get(20, TimeUnit.SECONDS);
    assertThat(tables).extracting(t -> t.definition().name()).containsExactly("a-table", "b-table");
  }

  @Test
  void anUpdateIsMadeOnlyOnTheDefinitionThatWasRead() throws Exception {
    TableDefinition first = Items.provisioned("t", 10, 10, false);
    TableDefinition second = Items.provisioned("t", 20, 5, true);
    pod.createActive(first);
    TableOutcome outcome = pod.node.updateTable("t", second, first).get(20, TimeUnit.SECONDS);
    TableRecord updated = ((TableOutcome.Done) outcome).table();
    assertThat(updated.definition()).isEqualTo(second);
    assertThat(updated.lastIncreaseAt()).isNotNull();
    assertThat(updated.decreasesToday()).isEqualTo(1);
    assertThat(pod.table("t")).isEqualTo(updated);
    assertThat(pod.node.updateTable("t", first, first).get(20, TimeUnit.SECONDS))
        .isInstanceOf(TableOutcome.Changed.class);
    assertThat(pod.node.deleteTable("t").get(20, TimeUnit.SECONDS))
        .isInstanceOf(TableOutcome.Protected.class);
  }

  @Test
  void aFolderInUseOrOfAnotherPodIsRefusedInWords() throws Exception {
    PodConfig config = PodConfig.embedded(directory);
    assertThatThrownBy(() -> Pod.start(config))
        .isInstanceOf(PodStartException.class)
        .hasMessageContaining("in use");
    pod.close();
    PodConfig foreign =
        new PodConfig(
            "local",
            "pod-9",
            directory,
            "127.0.0.1",
            List.of(new PodAddress("pod-9", "z", "127.0.0.1", 0)),
            PodLimits.DEFAULT);
    assertThatThrownBy(() -> Pod.start(foreign))
        .isInstanceOf(PodStartException.class)
        .hasMessageContaining("belongs to cluster local, pod pod-0");
    Files.delete(directory.resolve("pod.identity"));
    assertThatThrownBy(() -> Pod.start(config))
        .isInstanceOf(PodStartException.class)
        .hasMessageContaining("no pod.identity");
  }
}
