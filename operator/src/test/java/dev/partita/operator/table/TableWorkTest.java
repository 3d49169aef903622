package dev.partita.operator.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.crds.DeletionPolicy;
import dev.partita.crds.DynamoTableSpec.BillingMode;
import dev.partita.crds.DynamoTableSpec.ManagementPolicy;
import dev.partita.crds.DynamoTableSpec.ProvisionedThroughput;
import dev.partita.crds.DynamoTableSpec.TableClass;
import dev.partita.operator.dynamo.TableAnswer;
import dev.partita.operator.dynamo.TableState;
import dev.partita.operator.pods.Connections;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TableWorkTest {

  private final Desk desk = new Desk();
  private final Tables.Manifest orders = new Tables.Manifest();

  private TableState made() {
    return Objects.requireNonNull(desk.tables.get("orders"));
  }

  private void begin() {
    desk.apply(orders);
    desk.settle("orders");
  }

  @Test
  void aTableIsMadeAndItsStatusTellsOfIt() {
    begin();
    assertThat(desk.tables.changes()).containsExactly("create orders");
    assertThat(desk.status("orders"))
        .satisfies(
            status -> {
              assertThat(status.tableStatus()).isEqualTo("ACTIVE");
              assertThat(status.tableId()).isEqualTo("id-1");
              assertThat(status.endpoint()).isEqualTo(Desk.ENDPOINT);
              assertThat(status.billingMode()).isEqualTo("PAY_PER_REQUEST");
              assertThat(status.size()).isEqualTo("0 B");
              assertThat(status.observedGeneration()).isEqualTo(1);
            });
    assertThat(desk.condition("orders", "Ready")).isEqualTo("True Active");
    assertThat(desk.condition("orders", "Synced")).isEqualTo("True InSync");
    assertThat(desk.condition("orders", "DriftDetected")).isEqualTo("False NoDrift");
    assertThat(desk.condition("orders", "DeletionBlocked")).isEqualTo("absent");
    assertThat(desk.resource("orders").getFinalizers())
        .describedAs("a table that is retained needs no finalizer")
        .isEmpty();
    assertThat(desk.told)
        .containsExactly(
            "Normal Creating: table orders is being made",
            "Normal Active: table orders can be used at " + Desk.ENDPOINT);
  }

  @Test
  void aManifestIsCarriedOutWithinSeconds() {
    desk.apply(orders);
    desk.settle("orders");
    assertThat(Duration.between(Tables.BEGIN, desk.now).minus(Pace.REST.multipliedBy(2)))
        .isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void nothingIsWrittenAtRest() {
    begin();
    int writes = desk.statusWrites;
    desk.told.clear();
    for (int look = 0; look < 10; look++) {
      desk.settle("orders");
    }
    assertThat(desk.statusWrites).isEqualTo(writes);
    assertThat(desk.told).isEmpty();
    assertThat(desk.tables.changes()).hasSize(1);
  }

  @Test
  void aGrowingTableIsWrittenDownNowAndThen() {
    begin();
    int writes = desk.statusWrites;
    for (int look = 1; look <= 100; look++) {
      desk.tables.put(FakeTables.sized(made(), 100_000 + look * 10L, 20_000_000L + look * 2_000L));
      desk.settle("orders");
    }
    assertThat(desk.statusWrites - writes).isLessThanOrEqualTo(4);
    desk.settle("orders");
    assertThat(desk.status("orders").itemCount())
        .describedAs("at rest the number is exact")
        .isEqualTo(101_000);
  }

  @Test
  void anEditedManifestChangesOneThingAfterTheOther() {
    begin();
    orders.billingMode = BillingMode.PROVISIONED;
    orders.provisioned = new ProvisionedThroughput(5L, 6L);
    orders.protection = true;
    begin();
    assertThat(desk.tables.changes())
        .containsExactly(
            "create orders", "update orders DeletionProtection", "update orders Billing");
    assertThat(desk.condition("orders", "Synced")).isEqualTo("True InSync");
    assertThat(desk.condition("orders", "DriftDetected")).isEqualTo("False NoDrift");
    assertThat(desk.status("orders").observedGeneration()).isEqualTo(2);
    assertThat(desk.told).noneMatch(event -> event.contains("Drift"));
  }

  @Test
  void aChangeThroughTheApiIsToldAndPutBack() {
    orders.protection = true;
    begin();
    desk.told.clear();
    desk.tables.put(Tables.state().protection(false).get());
    desk.tables.put(FakeTables.status(withId(Tables.state().get(), "id-1"), "ACTIVE"));
    desk.turn("orders");
    assertThat(desk.condition("orders", "DriftDetected")).isEqualTo("True ChangedThroughApi");
    assertThat(desk.message("orders", "DriftDetected"))
        .isEqualTo("deletionProtectionEnabled is false, the manifest says true");
    desk.settle("orders");
    assertThat(made().deletionProtection()).isTrue();
    assertThat(desk.condition("orders", "DriftDetected")).isEqualTo("False DriftGone");
    assertThat(desk.told)
        .contains(
            "Warning DriftDetected: deletionProtectionEnabled is false, the manifest says true",
            "Normal DriftGone: no longer so: deletionProtectionEnabled is false, the manifest says"
                + " true");
    int events = desk.told.size();
    desk.settle("orders");
    assertThat(desk.told).hasSize(events);
  }

  @Test
  void whatIsPutBackInStepsIsToldAsAWhole() {
    orders.protection = false;
    orders.tableClass = TableClass.STANDARD;
    begin();
    desk.tables.put(
        withId(
            Tables.state().tableClass("STANDARD_INFREQUENT_ACCESS").protection(true).get(),
            "id-1"));
    desk.settle("orders");
    assertThat(desk.tables.changes())
        .containsExactly(
            "create orders", "update orders TableClass", "update orders DeletionProtection");
    assertThat(desk.message("orders", "DriftDetected"))
        .isEqualTo(
            "no longer so: tableClass is STANDARD_INFREQUENT_ACCESS, the manifest says STANDARD;"
                + " deletionProtectionEnabled is true, the manifest says false");
  }

  private static TableState withId(TableState t, String id) {
    return new TableState(
        t.name(),
        t.status(),
        id,
        t.arn(),
        t.createdAt(),
        t.attributes(),
        t.hashKey(),
        t.rangeKey(),
        t.billingMode(),
        t.provisioned(),
        t.onDemand(),
        t.warm(),
        t.tableClass(),
        t.deletionProtection(),
        t.itemCount(),
        t.sizeBytes());
  }

  @Test
  void aFieldThatTheManifestDoesNotNameIsLeftAsItIs() {
    begin();
    desk.tables.put(withId(Tables.state().protection(true).get(), "id-1"));
    desk.settle("orders");
    assertThat(made().deletionProtection()).isTrue();
    assertThat(desk.condition("orders", "DriftDetected")).isEqualTo("False NoDrift");
  }

  @Test
  void watchingTellsOfDifferencesAndWritesNothing() {
    desk.tables.put(Tables.state().provisioned(1, 1).get());
    orders.managementPolicy = ManagementPolicy.OBSERVE_ONLY;
    orders.deletionPolicy = DeletionPolicy.DELETE;
    begin();
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
    begin();
    assertThat(desk.condition("orders", "Ready")).isEqualTo("False TableMissing");
    assertThat(desk.tables.changes()).isEmpty();
  }

  @Test
  void aTableThatWasThereIsRefusedUntilItIsAdopted() {
    desk.tables.put(Tables.state().provisioned(1, 1).get());
    begin();
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
  void whatTheApiRefusesIsToldInItsWordsAndNotRepeated() {
    desk.apply(orders);
    desk.tables.answerNext(new TableAnswer.Refused("One or more parameter values"), false);
    desk.settle("orders");
    desk.settle("orders");
    desk.restart();
    desk.settle("orders");
    assertThat(desk.tables.changes()).containsExactly("create orders");
    assertThat(desk.condition("orders", "Synced")).isEqualTo("False Refused");
    assertThat(desk.message("orders", "Synced")).isEqualTo("One or more parameter values");
    assertThat(desk.told)
        .filteredOn(event -> event.contains("Refused"))
        .containsExactly("Warning Refused: One or more parameter values");
    orders.protection = true;
    begin();
    assertThat(desk.condition("orders", "Synced")).isEqualTo("True InSync");
  }

  @Test
  void aRefusedChangeLeavesTheTableUsable() {
    begin();
    desk.tables.answerNext(new TableAnswer.Refused("no"), false);
    orders.protection = true;
    begin();
    assertThat(desk.condition("orders", "Ready")).isEqualTo("True Active");
    assertThat(desk.condition("orders", "Synced")).isEqualTo("False Refused");
  }

  @Test
  void aLimitIsTriedAgain() {
    begin();
    desk.tables.answerNext(new TableAnswer.NotNow("Subscriber limit exceeded"), false);
    orders.protection = true;
    desk.apply(orders);
    desk.turn("orders");
    assertThat(desk.condition("orders", "Synced")).isEqualTo("False LimitExceeded");
    desk.settle("orders");
    assertThat(desk.condition("orders", "Synced")).isEqualTo("True InSync");
  }

  @Test
  void aClusterThatIsSilentForAMomentChangesNothing() {
    begin();
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
    begin();
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
  void aTableThatSomebodyDeletedIsMadeAnewAndItIsTold() {
    begin();
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
  void aDeletedResourceLeavesItsTable() {
    begin();
    desk.delete("orders");
    assertThat(desk.isGone("orders")).isTrue();
    assertThat(desk.tables.get("orders")).isNotNull();
  }

  @Test
  void aDeletedResourceTakesItsTableWithItIfItSaysSo() {
    orders.deletionPolicy = DeletionPolicy.DELETE;
    begin();
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
    begin();
    orders.deletionPolicy = DeletionPolicy.RETAIN;
    begin();
    assertThat(desk.resource("orders").getFinalizers()).isEmpty();
  }

  @Test
  void aProtectedTableHoldsItsResourceUntilItIsProtectedNoMore() {
    orders.deletionPolicy = DeletionPolicy.DELETE;
    orders.protection = true;
    begin();
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
    begin();
    desk.delete("orders");
    desk.turn("orders");
    desk.removeCluster("main");
    assertThat(desk.turn("orders")).isEmpty();
    assertThat(desk.isGone("orders")).isTrue();
  }

  @Test
  void aResourceWhoseClusterIsGoingGoesAtOnce() {
    orders.deletionPolicy = DeletionPolicy.DELETE;
    begin();
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
  void aSilentClusterHoldsAResourceThatMayHaveATable() {
    orders.deletionPolicy = DeletionPolicy.DELETE;
    begin();
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
