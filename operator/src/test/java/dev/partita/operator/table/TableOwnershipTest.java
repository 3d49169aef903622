package dev.partita.operator.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.crds.DeletionPolicy;
import dev.partita.crds.DynamoTableSpec.ManagementPolicy;
import dev.partita.operator.dynamo.TableAnswer;
import org.junit.jupiter.api.Test;

/// Whose a table is: made, watched, taken over, or claimed by two.
class TableOwnershipTest {

  private final Desk desk = new Desk();
  private final Tables.Manifest orders = new Tables.Manifest();

  @Test
  void watchingTellsOfDifferencesAndWritesNothing() {
    desk.tables.put(Tables.state().provisioned(1, 1).get());
    orders.managementPolicy = ManagementPolicy.OBSERVE_ONLY;
    orders.deletionPolicy = DeletionPolicy.DELETE;
    desk.carryOut(orders);
    assertThat(desk.tables.changes()).isEmpty();
    assertThat(desk.condition("orders", "Ready")).isEqualTo("True Active");
    assertThat(desk.condition("orders", "Synced")).isEqualTo("False Differs");
    assertThat(desk.condition("orders", "DriftDetected")).isEqualTo("True Differs");
    assertThat(desk.status("orders").tableId())
        .describedAs("the table is not this resource's")
        .isNull();
    assertThat(desk.status("orders").tableArn()).isNotNull();
    desk.delete("orders");
    assertThat(desk.isGone("orders")).isTrue();
    assertThat(desk.tables.get("orders")).isNotNull();
  }

  @Test
  void watchingWaitsForATable() {
    orders.managementPolicy = ManagementPolicy.OBSERVE_ONLY;
    desk.carryOut(orders);
    assertThat(desk.condition("orders", "Ready")).isEqualTo("False TableMissing");
    assertThat(desk.tables.changes()).isEmpty();
  }

  @Test
  void aTableThatWasThereIsRefusedUntilItIsAdopted() {
    desk.tables.put(Tables.state().provisioned(1, 1).get());
    desk.carryOut(orders);
    assertThat(desk.condition("orders", "Ready")).isEqualTo("False TableExists");
    assertThat(desk.condition("orders", "Synced")).isEqualTo("False TableExists");
    assertThat(desk.tables.changes()).isEmpty();
    desk.annotate("orders", "partita.dev/adopt", "true");
    desk.settle("orders");
    assertThat(desk.condition("orders", "Synced")).isEqualTo("True InSync");
    assertThat(desk.status("orders").tableId()).isEqualTo(Tables.ID);
    assertThat(desk.tables.changes()).containsExactly("update orders Billing");
    assertThat(desk.told)
        .contains("Normal Adopted: table orders was there and is taken over")
        .noneMatch(event -> event.contains("Drift"));
  }

  @Test
  void aTableWithAnotherKeyIsNotTakenOver() {
    desk.tables.put(Tables.state().get());
    orders.rangeKey = "when";
    orders.deletionPolicy = DeletionPolicy.DELETE;
    desk.apply(orders);
    desk.annotate("orders", "partita.dev/adopt", "true");
    desk.settle("orders");
    assertThat(desk.condition("orders", "Ready")).isEqualTo("False Immutable");
    assertThat(desk.message("orders", "Synced"))
        .startsWith("table orders cannot be taken over: keySchema is pk (HASH), sk (RANGE)");
    assertThat(desk.status("orders").tableId()).isNull();
    assertThat(desk.told).noneMatch(event -> event.contains("Adopted"));
    desk.delete("orders");
    desk.turn("orders");
    assertThat(desk.isGone("orders")).isTrue();
    assertThat(desk.tables.get("orders")).isNotNull();
    assertThat(desk.tables.changes()).isEmpty();
  }

  @Test
  void aTableThatIsOnlyWatchedForAWhileStaysItsResources() {
    desk.carryOut(orders);
    orders.managementPolicy = ManagementPolicy.OBSERVE_ONLY;
    desk.carryOut(orders);
    assertThat(desk.status("orders").tableId()).isEqualTo("id-1");
    orders.managementPolicy = ManagementPolicy.FULL;
    orders.protection = true;
    desk.carryOut(orders);
    assertThat(desk.condition("orders", "Synced")).isEqualTo("True InSync");
    assertThat(desk.tables.changes())
        .containsExactly("create orders", "update orders DeletionProtection");
  }

  @Test
  void aTableThatWasAskedForAndIsWatchedFromThenOnIsItsResources() {
    desk.apply(orders);
    desk.tables.answerNext(new TableAnswer.Unreachable("connection reset"), true);
    desk.turn("orders");
    orders.managementPolicy = ManagementPolicy.OBSERVE_ONLY;
    desk.carryOut(orders);
    assertThat(desk.status("orders").tableId()).isEqualTo("id-1");
  }

  @Test
  void aTableWhoseCreationWasNotAnsweredIsKnownAgain() {
    desk.apply(orders);
    desk.tables.answerNext(new TableAnswer.Unreachable("connection reset"), true);
    desk.turn("orders");
    desk.tables.silent("connection refused");
    desk.turn("orders");
    desk.restart();
    desk.tables.silent(null);
    desk.settle("orders");
    assertThat(desk.condition("orders", "Synced")).isEqualTo("True InSync");
    assertThat(desk.status("orders").tableId()).isEqualTo("id-1");
    assertThat(desk.tables.changes()).containsExactly("create orders");
  }

  @Test
  void anOperatorThatDiesAfterItMadeATableKnowsItAgain() {
    desk.apply(orders);
    desk.turn("orders");
    desk.beforeStatus =
        () -> {
          throw new IllegalStateException("killed");
        };
    assertThatThrownBy(() -> desk.turn("orders")).hasMessage("killed");
    desk.beforeStatus = () -> {};
    desk.restart();
    desk.settle("orders");
    assertThat(desk.condition("orders", "Synced")).isEqualTo("True InSync");
    assertThat(desk.tables.changes()).containsExactly("create orders");
  }

  @Test
  void anOperatorThatDiesBeforeItAsksMakesTheTableLater() {
    desk.apply(orders);
    desk.beforeStatus =
        () -> {
          throw new IllegalStateException("killed");
        };
    assertThatThrownBy(() -> desk.turn("orders")).hasMessage("killed");
    assertThat(desk.tables.changes())
        .describedAs("nothing is asked for before it is written down")
        .isEmpty();
    desk.beforeStatus = () -> {};
    desk.restart();
    desk.settle("orders");
    assertThat(desk.condition("orders", "Synced")).isEqualTo("True InSync");
  }

  @Test
  void aTableThatSomebodyMadeBetweenLookAndRequestIsTheirs() {
    desk.apply(orders);
    desk.tables.answerNext(new TableAnswer.InUse("Table already exists: orders"), true);
    desk.turn("orders");
    desk.settle("orders");
    assertThat(desk.condition("orders", "Synced")).isEqualTo("False TableExists");
    assertThat(desk.status("orders").tableId()).isNull();
  }

  @Test
  void aTableThatSomebodyDeletedIsMadeAnewAndItIsTold() {
    desk.carryOut(orders);
    desk.tables.remove("orders");
    desk.settle("orders");
    assertThat(desk.tables.changes()).containsExactly("create orders", "create orders");
    assertThat(desk.status("orders").tableId()).isEqualTo("id-2");
    assertThat(desk.told)
        .contains(
            "Warning TableLost: table orders was deleted by somebody else; it is made anew, empty");
  }

  @Test
  void ofTwoResourcesWithOneTableTheOlderWins() {
    Tables.Manifest younger = new Tables.Manifest();
    younger.name = "orders-again";
    younger.tableName = "orders";
    younger.deletionPolicy = DeletionPolicy.DELETE;
    younger.created = Tables.BEGIN.plusSeconds(1);
    desk.apply(orders);
    desk.apply(younger);
    desk.settle("orders-again");
    assertThat(desk.tables.changes()).isEmpty();
    assertThat(desk.condition("orders-again", "Synced")).isEqualTo("False NameTaken");
    desk.settle("orders");
    desk.settle("orders-again");
    assertThat(desk.message("orders-again", "Synced")).contains("DynamoTable orders;");
    desk.delete("orders-again");
    desk.turn("orders-again");
    assertThat(desk.isGone("orders-again")).isTrue();
    assertThat(desk.tables.get("orders")).isNotNull();
  }

  @Test
  void ofTwoResourcesOfOneSecondTheOneThatAskedHasTheTable() {
    Tables.Manifest other = new Tables.Manifest();
    other.name = "a-name-that-sorts-first";
    other.tableName = "orders";
    desk.apply(orders);
    desk.tables.answerNext(new TableAnswer.Unreachable("connection reset"), true);
    desk.turn("orders");
    desk.carryOut(other);
    assertThat(desk.condition(other.name, "Synced")).isEqualTo("False NameTaken");
    desk.settle("orders");
    assertThat(desk.condition("orders", "Synced")).isEqualTo("True InSync");
    assertThat(desk.tables.changes()).containsExactly("create orders");
  }

  /// Caches lag: each may find the other only after it has asked.
  @Test
  void ofTwoResourcesThatBothAskedOneHasTheTableInTheEnd() {
    Tables.Manifest other = new Tables.Manifest();
    other.name = "a-name-that-sorts-first";
    other.tableName = "orders";
    desk.apply(orders);
    desk.tables.answerNext(new TableAnswer.Unreachable("connection reset"), true);
    desk.turn("orders");
    desk.apply(other);
    desk.resource(other.name).setStatus(desk.status("orders"));
    desk.turn("orders");
    assertThat(desk.condition("orders", "Synced")).isEqualTo("False NameTaken");
    desk.resource(other.name).setStatus(null);
    desk.settle("orders");
    desk.settle(other.name);
    assertThat(desk.condition("orders", "Synced")).isEqualTo("True InSync");
    assertThat(desk.condition(other.name, "Synced")).isEqualTo("False NameTaken");
  }
}
