package dev.partita.operator.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.crds.DynamoTableSpec.BillingMode;
import dev.partita.crds.DynamoTableSpec.ProvisionedThroughput;
import dev.partita.crds.DynamoTableSpec.TableClass;
import dev.partita.crds.DynamoTableStatus.Partitions;
import dev.partita.operator.dynamo.TableAnswer;
import dev.partita.operator.dynamo.TableState;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// What is made of a manifest, and of changes to the table behind its back.
class TableWorkTest {

  private final Desk desk = new Desk();
  private final Tables.Manifest orders = new Tables.Manifest();

  private TableState made() {
    return Objects.requireNonNull(desk.tables.get("orders"));
  }

  @Test
  void aTableIsMadeAndItsStatusTellsOfIt() {
    desk.carryOut(orders);
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
  void partitionsAreToldSoonAfterThePodsHaveSaid() {
    desk.partitions = null;
    desk.apply(orders);
    Duration longest = Duration.ZERO;
    while (Duration.between(Tables.BEGIN, desk.now).toSeconds() < 20) {
      Duration next = desk.turn("orders").orElseThrow();
      longest = next.compareTo(longest) > 0 ? next : longest;
      desk.now = desk.now.plus(next);
    }
    assertThat(longest).isLessThan(Duration.ofSeconds(7));
    desk.partitions = 1;
    desk.settle("orders");
    assertThat(desk.status("orders").partitions()).isEqualTo(new Partitions(1));
  }

  @Test
  void podsThatNeverSayAreNotAskedForEver() {
    desk.partitions = null;
    desk.apply(orders);
    Duration next = Duration.ZERO;
    while (Duration.between(Tables.BEGIN, desk.now).toMinutes() < 3) {
      next = desk.turn("orders").orElseThrow();
      desk.now = desk.now.plus(next);
    }
    assertThat(next).isGreaterThan(Pace.REST.dividedBy(2));
  }

  @Test
  void nothingIsWrittenAtRest() {
    desk.carryOut(orders);
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
    desk.carryOut(orders);
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
    desk.carryOut(orders);
    orders.billingMode = BillingMode.PROVISIONED;
    orders.provisioned = new ProvisionedThroughput(5L, 6L);
    orders.protection = true;
    desk.carryOut(orders);
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
    desk.carryOut(orders);
    desk.told.clear();
    desk.tables.put(Tables.state().id("id-1").protection(false).get());
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
  void aChangeDuringAnOutageIsToldAndPutBack() {
    orders.protection = true;
    desk.carryOut(orders);
    desk.tables.silent("connection refused");
    desk.turn("orders");
    desk.now = desk.now.plus(TableWork.SILENCE_GRACE);
    desk.turn("orders");
    assertThat(desk.condition("orders", "Synced")).isEqualTo("Unknown Unreachable");
    desk.tables.put(Tables.state().id("id-1").protection(false).get());
    desk.tables.silent(null);
    desk.settle("orders");
    assertThat(made().deletionProtection()).isTrue();
    assertThat(desk.condition("orders", "DriftDetected")).isEqualTo("False DriftGone");
    assertThat(desk.told)
        .contains(
            "Warning DriftDetected: deletionProtectionEnabled is false, the manifest says true");
  }

  @Test
  void whatIsPutBackInStepsIsToldAsAWhole() {
    orders.protection = false;
    orders.tableClass = TableClass.STANDARD;
    desk.carryOut(orders);
    desk.tables.put(
        Tables.state().id("id-1").tableClass("STANDARD_INFREQUENT_ACCESS").protection(true).get());
    desk.settle("orders");
    assertThat(desk.tables.changes())
        .containsExactly(
            "create orders", "update orders TableClass", "update orders DeletionProtection");
    assertThat(desk.message("orders", "DriftDetected"))
        .isEqualTo(
            "no longer so: tableClass is STANDARD_INFREQUENT_ACCESS, the manifest says STANDARD;"
                + " deletionProtectionEnabled is true, the manifest says false");
  }

  @Test
  void aFieldThatTheManifestDoesNotNameIsLeftAsItIs() {
    desk.carryOut(orders);
    desk.tables.put(Tables.state().id("id-1").protection(true).get());
    desk.settle("orders");
    assertThat(made().deletionProtection()).isTrue();
    assertThat(desk.condition("orders", "DriftDetected")).isEqualTo("False NoDrift");
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
    desk.carryOut(orders);
    assertThat(desk.condition("orders", "Synced")).isEqualTo("True InSync");
  }

  @Test
  void aRefusedChangeLeavesTheTableUsable() {
    desk.carryOut(orders);
    desk.tables.answerNext(new TableAnswer.Refused("no"), false);
    orders.protection = true;
    desk.carryOut(orders);
    assertThat(desk.condition("orders", "Ready")).isEqualTo("True Active");
    assertThat(desk.condition("orders", "Synced")).isEqualTo("False Refused");
  }

  @Test
  void aLimitIsTriedAgain() {
    desk.carryOut(orders);
    desk.tables.answerNext(new TableAnswer.NotNow("Subscriber limit exceeded"), false);
    orders.protection = true;
    desk.apply(orders);
    desk.turn("orders");
    assertThat(desk.condition("orders", "Synced")).isEqualTo("False LimitExceeded");
    desk.settle("orders");
    assertThat(desk.condition("orders", "Synced")).isEqualTo("True InSync");
  }
}
