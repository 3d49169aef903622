package dev.partita.operator.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.crds.DeletionPolicy;
import dev.partita.operator.pods.Connections;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What becomes of a table when its resource is deleted.
class TableDeletionTest {

  private final Desk desk = new Desk();
  private final Tables.Manifest orders = new Tables.Manifest();

  @Test
  void aDeletedResourceLeavesItsTable() {
    desk.carryOut(orders);
    desk.delete("orders");
    assertThat(desk.isGone("orders")).isTrue();
    assertThat(desk.tables.get("orders")).isNotNull();
  }

  @Test
  void aDeletedResourceTakesItsTableWithItIfItSaysSo() {
    orders.deletionPolicy = DeletionPolicy.DELETE;
    desk.carryOut(orders);
    assertThat(desk.resource("orders").getFinalizers()).containsExactly(Finalizer.NAME);
    desk.delete("orders");
    desk.turn("orders");
    assertThat(desk.isGone("orders")).describedAs("not before the table is gone").isFalse();
    desk.settle("orders");
    assertThat(desk.isGone("orders")).isTrue();
    assertThat(desk.tables.get("orders")).isNull();
    assertThat(desk.told).contains("Normal Deleting: table orders is being deleted");
  }

  @Test
  void aPolicyThatGoesBackToRetainTakesTheFinalizerAway() {
    orders.deletionPolicy = DeletionPolicy.DELETE;
    desk.carryOut(orders);
    orders.deletionPolicy = DeletionPolicy.RETAIN;
    desk.carryOut(orders);
    assertThat(desk.resource("orders").getFinalizers()).isEmpty();
  }

  @Test
  void aProtectedTableHoldsItsResourceUntilItIsProtectedNoMore() {
    orders.deletionPolicy = DeletionPolicy.DELETE;
    orders.protection = true;
    desk.carryOut(orders);
    desk.delete("orders");
    desk.settle("orders");
    assertThat(desk.condition("orders", "DeletionBlocked")).isEqualTo("True DeletionProtection");
    assertThat(desk.condition("orders", "Ready")).isEqualTo("True Active");
    assertThat(desk.told)
        .filteredOn(event -> event.startsWith("Warning"))
        .singleElement()
        .asString()
        .startsWith("Warning DeletionBlocked: table orders is protected against deletion; set");
    orders.protection = false;
    desk.apply(orders);
    desk.settle("orders");
    assertThat(desk.isGone("orders")).isTrue();
    assertThat(desk.tables.get("orders")).isNull();
  }

  @Test
  void aResourceWhoseClusterIsGoneGoesAtOnce() {
    orders.deletionPolicy = DeletionPolicy.DELETE;
    orders.protection = true;
    desk.carryOut(orders);
    desk.delete("orders");
    desk.turn("orders");
    desk.removeCluster("main");
    assertThat(desk.turn("orders")).isEmpty();
    assertThat(desk.isGone("orders")).isTrue();
  }

  @Test
  void aResourceWhoseClusterIsGoingGoesAtOnce() {
    orders.deletionPolicy = DeletionPolicy.DELETE;
    desk.carryOut(orders);
    desk.cluster("main").getMetadata().setDeletionTimestamp(desk.now.toString());
    desk.tables.silent("connection refused");
    desk.delete("orders");
    desk.turn("orders");
    assertThat(desk.isGone("orders")).isTrue();
  }

  @Test
  void aResourceThatNeverHadATableDoesNotWaitForItsCluster() {
    orders.deletionPolicy = DeletionPolicy.DELETE;
    desk.found = new Connections.Found.NotYet("PodsStarting", "0 of 3 pods are ready");
    desk.apply(orders);
    desk.turn("orders");
    desk.delete("orders");
    desk.turn("orders");
    assertThat(desk.isGone("orders")).isTrue();
  }

  @Test
  void aSilentClusterDoesNotHoldAResourceThatNeverHadATable() {
    orders.deletionPolicy = DeletionPolicy.DELETE;
    desk.tables.silent("connection refused");
    desk.apply(orders);
    desk.turn("orders");
    desk.delete("orders");
    desk.turn("orders");
    assertThat(desk.isGone("orders")).isTrue();
  }

  @Test
  void aSilentClusterHoldsAResourceThatMayHaveATable() {
    orders.deletionPolicy = DeletionPolicy.DELETE;
    desk.carryOut(orders);
    desk.tables.silent("connection refused");
    desk.delete("orders");
    desk.now = desk.now.plus(desk.turn("orders").orElseThrow());
    assertThat(desk.isGone("orders")).isFalse();
    desk.tables.silent(null);
    desk.settle("orders");
    assertThat(desk.isGone("orders")).isTrue();
    assertThat(desk.tables.changes()).isEqualTo(List.of("create orders", "delete orders"));
  }
}
