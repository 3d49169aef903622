package dev.partita.cluster.catalog;

import dev.partita.cluster.TableOutcome;
import dev.partita.cluster.catalog.CatalogCommand.ActivateTable;
import dev.partita.cluster.catalog.CatalogCommand.CreateTable;
import dev.partita.cluster.catalog.CatalogCommand.DeleteTable;
import dev.partita.cluster.catalog.CatalogCommand.RemoveTable;
import dev.partita.cluster.catalog.CatalogCommand.UpdateTable;
import dev.partita.model.error.TableTexts;
import dev.partita.model.key.KeyRange;
import dev.partita.model.key.RowKeys;
import dev.partita.model.table.PartitionDescriptor;
import dev.partita.model.table.PartitionDescriptor.Peer;
import dev.partita.model.table.TableDefinition;
import dev.partita.model.table.TableDefinition.BillingMode;
import dev.partita.model.table.TableRecord;
import dev.partita.model.table.TableRecord.TableStatus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a catalog entry does: a pure function of state and command, alike on every replica.
final class Transitions {

  /// @param state after the command
  /// @param outcome for the one who asked
  /// @param changed the record to be stored, null if none
  /// @param removed the record to be deleted, null if none
  record Step(
      CatalogState state,
      TableOutcome outcome,
      @Nullable TableRecord changed,
      @Nullable TableRecord removed) {

    static Step refused(CatalogState state, TableOutcome outcome) {
      return new Step(state, outcome, null, null);
    }

    static Step changed(CatalogState state, TableRecord record) {
      return new Step(state, new TableOutcome.Done(record), record, null);
    }
  }

  private Transitions() {}

  static Step apply(CatalogState state, CatalogCommand command) {
    return switch (command) {
      case CreateTable c -> create(state, c);
      case ActivateTable c -> activate(state, c.id());
      case UpdateTable c -> update(state, c);
      case DeleteTable c -> delete(state, c.name());
      case RemoveTable c -> remove(state, c.id());
    };
  }

  private static Step create(CatalogState state, CreateTable c) {
    if (state.table(c.definition().name()) != null) {
      return Step.refused(state, new TableOutcome.AlreadyExists());
    }
    if (state.tables().size() >= c.maxTables()) {
      return Step.refused(state, new TableOutcome.LimitExceeded(TableTexts.tooMany(c.maxTables())));
    }
    long id = state.nextTableId();
    TableRecord record =
        new TableRecord(
            id,
            c.tableId(),
            c.definition(),
            TableStatus.CREATING,
            c.now(),
            null,
            null,
            0,
            c.definition().billingMode() == BillingMode.PAY_PER_REQUEST ? c.now() : null,
            partitions(id, state.nextPartitionId(), c.placement()));
    return Step.changed(state.withNew(record), record);
  }

  private static List<PartitionDescriptor> partitions(
      long tableId, long firstId, List<List<String>> placement) {
    List<KeyRange> ranges = RowKeys.even(tableId, placement.size());
    List<PartitionDescriptor> partitions = new ArrayList<>();
    for (int i = 0; i < ranges.size(); i++) {
      List<Peer> peers = new ArrayList<>();
      for (String pod : placement.get(i)) {
        peers.add(new Peer(pod, peers.size() + 1));
      }
      partitions.add(new PartitionDescriptor(firstId + i, tableId, ranges.get(i), 1, 1, peers));
    }
    return partitions;
  }

  private static Step activate(CatalogState state, long id) {
    TableRecord table = state.table(id);
    if (table == null) {
      return Step.refused(state, new TableOutcome.NotFound());
    }
    if (table.status() != TableStatus.CREATING) {
      return Step.refused(state, new TableOutcome.InUse(table.status()));
    }
    TableRecord active = with(table, TableStatus.ACTIVE);
    return Step.changed(state.with(active), active);
  }

  private static Step update(CatalogState state, UpdateTable c) {
    TableRecord table = state.table(c.expected().name());
    if (table == null) {
      return Step.refused(state, new TableOutcome.NotFound());
    }
    if (table.status() != TableStatus.ACTIVE) {
      return Step.refused(state, new TableOutcome.InUse(table.status()));
    }
    if (!table.definition().equals(c.expected())
        || !c.updated().name().equals(c.expected().name())) {
      return Step.refused(state, new TableOutcome.Changed());
    }
    ThroughputChanges changes = ThroughputChanges.of(table, c.updated(), c.now());
    String limit = changes.limitExceeded();
    if (limit != null) {
      return Step.refused(state, new TableOutcome.LimitExceeded(limit));
    }
    TableRecord updated =
        new TableRecord(
            table.id(),
            table.tableId(),
            c.updated(),
            table.status(),
            table.createdAt(),
            changes.lastIncreaseAt(),
            changes.lastDecreaseAt(),
            changes.decreasesToday(),
            switchesToOnDemand(table.definition(), c.updated())
                ? Long.valueOf(c.now())
                : table.onDemandSince(),
            table.partitions());
    return Step.changed(state.with(updated), updated);
  }

  private static boolean switchesToOnDemand(TableDefinition from, TableDefinition to) {
    return from.billingMode() != to.billingMode()
        && to.billingMode() == BillingMode.PAY_PER_REQUEST;
  }

  private static Step delete(CatalogState state, String name) {
    TableRecord table = state.table(name);
    if (table == null) {
      return Step.refused(state, new TableOutcome.NotFound());
    }
    return switch (table.status()) {
      case CREATING, UPDATING -> Step.refused(state, new TableOutcome.InUse(table.status()));
      // "If table is already in the DELETING state, no error is returned" (API Reference,
      // DeleteTable).
      case DELETING -> Step.refused(state, new TableOutcome.Done(table));
      case ACTIVE -> {
        if (table.definition().deletionProtection()) {
          yield Step.refused(state, new TableOutcome.Protected());
        }
        TableRecord deleting = with(table, TableStatus.DELETING);
        yield Step.changed(state.with(deleting), deleting);
      }
    };
  }

  private static Step remove(CatalogState state, long id) {
    TableRecord table = state.table(id);
    if (table == null) {
      return Step.refused(state, new TableOutcome.NotFound());
    }
    if (table.status() != TableStatus.DELETING) {
      return Step.refused(state, new TableOutcome.InUse(table.status()));
    }
    return new Step(state.without(table), new TableOutcome.Done(table), null, table);
  }

  private static TableRecord with(TableRecord t, TableStatus status) {
    return new TableRecord(
        t.id(),
        t.tableId(),
        t.definition(),
        status,
        t.createdAt(),
        t.lastIncreaseAt(),
        t.lastDecreaseAt(),
        t.decreasesToday(),
        t.onDemandSince(),
        t.partitions());
  }
}
