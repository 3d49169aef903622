package dev.partita.cluster.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.cluster.TableOutcome;
import dev.partita.cluster.catalog.CatalogCommand.ActivateTable;
import dev.partita.cluster.catalog.CatalogCommand.CreateTable;
import dev.partita.cluster.catalog.CatalogCommand.DeleteTable;
import dev.partita.cluster.catalog.CatalogCommand.RemoveTable;
import dev.partita.cluster.catalog.CatalogCommand.UpdateTable;
import dev.partita.model.key.RowKeys;
import dev.partita.model.table.PartitionDescriptor;
import dev.partita.model.table.TableDefinition;
import dev.partita.model.table.TableRecord;
import dev.partita.model.table.TableRecord.TableStatus;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TransitionsTest {
  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;

  private CatalogState state = CatalogState.EMPTY;

  @Test
  void aNewTableCoversItsWholeKeySpaceWithPartitionsOnThePodsOfItsPlacement() {
    TableRecord table = done(create(Definitions.onDemand("t"), 3));
    assertThat(table.status()).isEqualTo(TableStatus.CREATING);
    assertThat(table.onDemandSince()).isEqualTo(table.createdAt());
    List<PartitionDescriptor> partitions = table.partitions();
    assertThat(partitions).hasSize(3);
    assertThat(partitions.getFirst().range().from()).isEqualTo(RowKeys.table(table.id()).from());
    assertThat(partitions.getLast().range().to()).isEqualTo(RowKeys.table(table.id()).to());
    for (int i = 1; i < 3; i++) {
      assertThat(partitions.get(i).range().from()).isEqualTo(partitions.get(i - 1).range().to());
      assertThat(partitions.get(i).id()).isEqualTo(partitions.get(i - 1).id() + 1);
    }
    assertThat(partitions.getFirst().peers())
        .extracting(PartitionDescriptor.Peer::pod)
        .containsExactly("a", "b", "c");
    assertThat(partitions.getFirst().peers())
        .extracting(PartitionDescriptor.Peer::replicaId)
        .containsExactly(1L, 2L, 3L);
  }

  @Test
  void idsAreNeverGivenTwice() {
    TableRecord first = active("t", 2);
    apply(new DeleteTable("t"));
    apply(new RemoveTable(first.id()));
    assertThat(state.table("t")).isNull();
    TableRecord second = done(create(Definitions.onDemand("t"), 2));
    assertThat(second.id()).isGreaterThan(first.id());
    assertThat(second.partitions().getFirst().id())
        .isGreaterThan(first.partitions().getLast().id());
  }

  @Test
  void aNameIsTakenAsLongAsItsTableIsNotRemoved() {
    TableRecord table = active("t", 1);
    assertThat(create(Definitions.onDemand("t"), 1)).isEqualTo(new TableOutcome.AlreadyExists());
    apply(new DeleteTable("t"));
    assertThat(create(Definitions.onDemand("t"), 1)).isEqualTo(new TableOutcome.AlreadyExists());
    apply(new RemoveTable(table.id()));
    done(create(Definitions.onDemand("t"), 1));
  }

  @Test
  void aTableTooManyIsRefusedAndChangesNothing() {
    active("t", 1);
    CatalogState before = state;
    TableOutcome outcome =
        apply(new CreateTable(new UUID(1, 2), 1, Definitions.onDemand("u"), pods(1), 1));
    assertThat(outcome).isInstanceOf(TableOutcome.LimitExceeded.class);
    assertThat(state).isSameAs(before);
  }

  @Test
  void aTableIsDeletedOnlyWhenItIsActiveAndNotProtected() {
    assertThat(apply(new DeleteTable("t"))).isEqualTo(new TableOutcome.NotFound());
    create(Definitions.onDemand("t"), 1);
    assertThat(apply(new DeleteTable("t"))).isEqualTo(new TableOutcome.InUse(TableStatus.CREATING));
    apply(new ActivateTable(id("t")));
    TableRecord deleting = done(apply(new DeleteTable("t")));
    assertThat(deleting.status()).isEqualTo(TableStatus.DELETING);
    assertThat(done(apply(new DeleteTable("t")))).isEqualTo(deleting);
    create(Definitions.protectedOne("p"), 1);
    apply(new ActivateTable(id("p")));
    assertThat(apply(new DeleteTable("p"))).isEqualTo(new TableOutcome.Protected());
  }

  @Test
  void stepsThatComeLateChangeNothing() {
    TableRecord table = active("t", 1);
    assertThat(apply(new ActivateTable(table.id())))
        .isEqualTo(new TableOutcome.InUse(TableStatus.ACTIVE));
    assertThat(apply(new RemoveTable(table.id())))
        .isEqualTo(new TableOutcome.InUse(TableStatus.ACTIVE));
    assertThat(apply(new ActivateTable(99))).isEqualTo(new TableOutcome.NotFound());
    assertThat(apply(new RemoveTable(99))).isEqualTo(new TableOutcome.NotFound());
  }

  @Test
  void anUpdateAppliesOnlyToTheDefinitionItWasMadeFrom() {
    TableDefinition first = Definitions.provisioned("t", 5, 5);
    TableDefinition second = Definitions.provisioned("t", 6, 5);
    assertThat(apply(new UpdateTable(first, second, 1))).isEqualTo(new TableOutcome.NotFound());
    create(first, 1);
    assertThat(apply(new UpdateTable(first, second, 1)))
        .isEqualTo(new TableOutcome.InUse(TableStatus.CREATING));
    apply(new ActivateTable(id("t")));
    assertThat(done(apply(new UpdateTable(first, second, 77))).lastIncreaseAt()).isEqualTo(77);
    assertThat(apply(new UpdateTable(first, second, 78))).isEqualTo(new TableOutcome.Changed());
    assertThat(apply(new UpdateTable(second, Definitions.provisioned("other", 6, 5), 78)))
        .isEqualTo(new TableOutcome.Changed());
  }

  @Test
  void decreasesAreFreeFourTimesADayAndThenOncePerHour() {
    create(Definitions.provisioned("t", 1_000, 1_000), 1);
    apply(new ActivateTable(id("t")));
    long now = 10 * DAY;
    for (int i = 1; i <= 4; i++) {
      assertThat(done(decrease(now)).decreasesToday()).isEqualTo(i);
    }
    TableOutcome refused = decrease(now + HOUR - 1);
    assertThat(refused).isInstanceOf(TableOutcome.LimitExceeded.class);
    assertThat(((TableOutcome.LimitExceeded) refused).message())
        .contains("Number of decreases today: 4.")
        .contains("Last decrease at Sunday, January 11, 1970 12:00:00 AM UTC")
        .endsWith("Next decrease can be made at Sunday, January 11, 1970 1:00:00 AM UTC");
    TableRecord fifth = done(decrease(now + HOUR));
    assertThat(fifth.decreasesToday()).isEqualTo(5);
    assertThat(fifth.lastDecreaseAt()).isEqualTo(now + HOUR);
    TableRecord nextDay = done(decrease(now + DAY));
    assertThat(nextDay.decreasesToday()).isEqualTo(1);
  }

  @Test
  void aSwitchOfBillingIsNoDecreaseAndIsRemembered() {
    TableDefinition provisioned = Definitions.provisioned("t", 5, 5);
    create(provisioned, 1);
    apply(new ActivateTable(id("t")));
    TableRecord onDemand =
        done(apply(new UpdateTable(provisioned, Definitions.onDemand("t"), 123)));
    assertThat(onDemand.onDemandSince()).isEqualTo(123);
    assertThat(onDemand.lastDecreaseAt()).isNull();
    TableRecord back = done(apply(new UpdateTable(Definitions.onDemand("t"), provisioned, 456)));
    assertThat(back.onDemandSince()).isEqualTo(123);
    assertThat(back.lastIncreaseAt()).isNull();
  }

  private TableOutcome decrease(long now) {
    TableDefinition present = record("t").definition();
    return apply(
        new UpdateTable(
            present,
            Definitions.provisioned(
                "t", present.readCapacityUnits() - 1, present.writeCapacityUnits()),
            now));
  }

  private TableOutcome create(TableDefinition definition, int partitions) {
    return apply(new CreateTable(new UUID(1, 2), 1_000, definition, pods(partitions), 100));
  }

  private TableRecord active(String name, int partitions) {
    create(Definitions.onDemand(name), partitions);
    return done(apply(new ActivateTable(id(name))));
  }

  private TableOutcome apply(CatalogCommand command) {
    Transitions.Step step = Transitions.apply(state, command);
    if (step.changed() == null && step.removed() == null) {
      assertThat(step.state()).isSameAs(state);
    }
    state = step.state();
    return step.outcome();
  }

  private TableRecord record(String name) {
    TableRecord table = state.table(name);
    if (table == null) {
      throw new AssertionError("no table " + name);
    }
    return table;
  }

  private long id(String name) {
    return record(name).id();
  }

  private static TableRecord done(TableOutcome outcome) {
    assertThat(outcome).isInstanceOf(TableOutcome.Done.class);
    return ((TableOutcome.Done) outcome).table();
  }

  private static List<List<String>> pods(int partitions) {
    return Collections.nCopies(partitions, List.of("a", "b", "c"));
  }
}
