package dev.partita.operator.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.operator.pods.Connections;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What becomes of tables while their cluster is missing, new or silent.
class TableClustersTest {

  private final Desk desk = new Desk();
  private final Tables.Manifest orders = new Tables.Manifest();

  @Test
  void aClusterThatIsSilentForAMomentChangesNothing() {
    desk.carryOut(orders);
    int writes = desk.statusWrites;
    desk.tables.silent("connection refused");
    assertThat(desk.turn("orders").orElseThrow()).isLessThan(Duration.ofSeconds(2));
    desk.now = desk.now.plusSeconds(2);
    desk.turn("orders");
    desk.tables.silent(null);
    desk.settle("orders");
    assertThat(desk.statusWrites).isEqualTo(writes);
  }

  @Test
  void aClusterThatStaysSilentMakesItsTablesUnknownOnce() {
    desk.carryOut(orders);
    int writes = desk.statusWrites;
    desk.told.clear();
    for (int look = 0; look < 50; look++) {
      desk.tables.silent("failure " + look);
      desk.now = desk.now.plus(desk.turn("orders").orElseThrow());
    }
    assertThat(desk.condition("orders", "Ready")).isEqualTo("Unknown Unreachable");
    assertThat(desk.condition("orders", "Synced")).isEqualTo("Unknown Unreachable");
    assertThat(desk.status("orders").tableStatus())
        .describedAs("what was known last")
        .isEqualTo("ACTIVE");
    assertThat(desk.statusWrites - writes).isEqualTo(1);
    assertThat(desk.told).hasSize(1);
    assertThat(desk.turn("orders").orElseThrow())
        .isBetween(Duration.ofSeconds(24), Duration.ofSeconds(36));
    desk.tables.silent(null);
    desk.settle("orders");
    assertThat(desk.condition("orders", "Ready")).isEqualTo("True Active");
    assertThat(desk.tables.changes()).containsExactly("create orders");
  }

  @Test
  void aClusterThatIsNotThereIsWaitedFor() {
    desk.removeCluster("main");
    desk.apply(orders);
    desk.turn("orders");
    assertThat(desk.condition("orders", "Ready")).isEqualTo("False ClusterMissing");
    assertThat(desk.message("orders", "Ready"))
        .isEqualTo("there is no StorageCluster main in this namespace");
    desk.cluster("main");
    desk.settle("orders");
    assertThat(desk.condition("orders", "Ready")).isEqualTo("True Active");
  }

  @Test
  void aClusterThatIsNotReadyIsWaitedFor() {
    Connections.Found known = desk.found;
    desk.found = new Connections.Found.NotYet("PodsStarting", "0 of 3 pods are ready");
    desk.apply(orders);
    desk.turn("orders");
    assertThat(desk.condition("orders", "Ready")).isEqualTo("False PodsStarting");
    desk.found = known;
    desk.settle("orders");
    assertThat(desk.condition("orders", "Ready")).isEqualTo("True Active");
  }

  @Test
  void theDefaultClusterIsMadeAfterAMoment() {
    orders.cluster = null;
    desk.apply(orders);
    desk.now = desk.now.plus(desk.turn("orders").orElseThrow());
    assertThat(desk.hasCluster("partita")).isFalse();
    desk.settle("orders");
    assertThat(desk.hasCluster("partita")).isTrue();
    assertThat(desk.told)
        .filteredOn(event -> event.contains("ClusterCreated"))
        .containsExactly(
            "Normal ClusterCreated: no cluster is named and this namespace had no StorageCluster"
                + " partita: made one, and the AccessKey partita");
    assertThat(desk.condition("orders", "Ready")).isEqualTo("True Active");
  }

  @Test
  void theDefaultClusterIsNotMadeAnewAfterSomebodyDeletedIt() {
    orders.cluster = null;
    desk.carryOut(orders);
    desk.removeCluster("partita");
    desk.carryOut(orders);
    assertThat(desk.hasCluster("partita")).isFalse();
    assertThat(desk.condition("orders", "Ready")).isEqualTo("False ClusterMissing");
    assertThat(desk.status("orders").tableId()).isEqualTo("id-1");
  }

  @Test
  void theDefaultClusterIsMadeInTimeThoughTheClocksDiffer() {
    orders.cluster = null;
    orders.created = Tables.BEGIN.plusSeconds(300);
    desk.apply(orders);
    assertThat(desk.turn("orders").orElseThrow())
        .isLessThanOrEqualTo(TableWork.DEFAULT_CLUSTER_GRACE);
    desk.now = desk.now.plus(TableWork.DEFAULT_CLUSTER_GRACE);
    desk.turn("orders");
    assertThat(desk.hasCluster("partita")).isTrue();
  }
}
