package dev.partita.server.table;

import dev.partita.cluster.ChecksumOutcome;
import dev.partita.cluster.Cluster;
import dev.partita.cluster.ClusterReport;
import dev.partita.cluster.TableLookup;
import dev.partita.cluster.TableOutcome;
import dev.partita.cluster.TableSize;
import dev.partita.model.command.PageOutcome;
import dev.partita.model.command.PageRead;
import dev.partita.model.command.ReadOutcome;
import dev.partita.model.command.WriteCommand;
import dev.partita.model.command.WriteOutcome;
import dev.partita.model.key.PrimaryKey;
import dev.partita.model.table.TableDefinition;
import dev.partita.model.table.TableDefinition.BillingMode;
import dev.partita.model.table.TableRecord;
import dev.partita.model.table.TableRecord.TableStatus;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/// A cluster that knows tables and no items. Statuses change when the test says so, or at once.
public final class MemoryTables implements Cluster {

  public static final long CREATED_AT = 1_700_000_000_123L;

  private final Map<String, TableRecord> tables = new ConcurrentSkipListMap<>();
  private long nextId = 1;

  /// Lets an update lose its compare-and-set this many times.
  public int lostUpdates;

  /// Lets tables become active and vanish at once.
  public boolean quick;

  /// The outcome of every change, if set.
  public @Nullable TableOutcome forced;

  public void put(String name, TableStatus status) {
    TableRecord t = get(name);
    tables.put(name, with(t, t.definition(), status));
  }

  public TableRecord get(String name) {
    TableRecord table = tables.get(name);
    if (table == null) {
      throw new IllegalArgumentException("no table " + name);
    }
    return table;
  }

  public boolean has(String name) {
    return tables.containsKey(name);
  }

  private static TableRecord with(TableRecord t, TableDefinition definition, TableStatus status) {
    return new TableRecord(
        t.id(),
        t.tableId(),
        definition,
        status,
        t.createdAt(),
        t.lastIncreaseAt(),
        t.lastDecreaseAt(),
        t.decreasesToday(),
        t.onDemandSince(),
        t.partitions());
  }

  @Override
  public CompletableFuture<TableLookup> table(String name) {
    TableRecord table = tables.get(name);
    return CompletableFuture.completedFuture(
        table == null ? new TableLookup.Missing() : new TableLookup.Found(table));
  }

  @Override
  public CompletableFuture<@Nullable List<TableRecord>> tables() {
    return CompletableFuture.completedFuture(List.copyOf(tables.values()));
  }

  @Override
  public CompletableFuture<TableOutcome> createTable(TableDefinition d) {
    if (forced != null) {
      return CompletableFuture.completedFuture(forced);
    }
    if (tables.containsKey(d.name())) {
      return CompletableFuture.completedFuture(new TableOutcome.AlreadyExists());
    }
    TableRecord table =
        new TableRecord(
            nextId,
            new UUID(0, nextId),
            d,
            TableStatus.CREATING,
            CREATED_AT,
            null,
            null,
            0,
            d.billingMode() == BillingMode.PAY_PER_REQUEST ? CREATED_AT : null,
            List.of());
    nextId++;
    tables.put(d.name(), quick ? with(table, d, TableStatus.ACTIVE) : table);
    return CompletableFuture.completedFuture(new TableOutcome.Done(table));
  }

  @Override
  public CompletableFuture<TableOutcome> updateTable(
      String name, TableDefinition updated, TableDefinition expected) {
    if (forced != null) {
      return CompletableFuture.completedFuture(forced);
    }
    TableRecord table = tables.get(name);
    if (table == null) {
      return CompletableFuture.completedFuture(new TableOutcome.NotFound());
    }
    if (lostUpdates > 0 || !table.definition().equals(expected)) {
      lostUpdates--;
      return CompletableFuture.completedFuture(new TableOutcome.Changed());
    }
    TableRecord changed = with(table, updated, TableStatus.ACTIVE);
    tables.put(name, changed);
    return CompletableFuture.completedFuture(new TableOutcome.Done(changed));
  }

  @Override
  public CompletableFuture<TableOutcome> deleteTable(String name) {
    TableRecord table = tables.get(name);
    if (table == null) {
      return CompletableFuture.completedFuture(new TableOutcome.NotFound());
    }
    if (table.status() != TableStatus.ACTIVE) {
      return CompletableFuture.completedFuture(new TableOutcome.InUse(table.status()));
    }
    if (table.definition().deletionProtection()) {
      return CompletableFuture.completedFuture(new TableOutcome.Protected());
    }
    TableRecord deleting = with(table, table.definition(), TableStatus.DELETING);
    if (quick) {
      tables.remove(name);
    } else {
      tables.put(name, deleting);
    }
    return CompletableFuture.completedFuture(new TableOutcome.Done(deleting));
  }

  @Override
  public CompletableFuture<WriteOutcome> write(TableRecord table, WriteCommand command) {
    throw new UnsupportedOperationException("no items here");
  }

  @Override
  public CompletableFuture<ReadOutcome> read(
      TableRecord table, PrimaryKey key, boolean consistent) {
    throw new UnsupportedOperationException("no items here");
  }

  @Override
  public CompletableFuture<PageOutcome> page(TableRecord table, PageRead read, boolean consistent) {
    throw new UnsupportedOperationException("pages are tested with a real cluster");
  }

  @Override
  public TableSize size(TableRecord table) {
    return new TableSize(7, 890);
  }

  @Override
  public ClusterReport report() {
    return new ClusterReport("pod-0", "pod-0", 0, null, List.of(), List.of());
  }

  @Override
  public CompletableFuture<ChecksumOutcome> checksum(long partitionId) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletableFuture<ChecksumOutcome> catalogChecksum() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean ready() {
    return true;
  }

  @Override
  public void close() {}
}
