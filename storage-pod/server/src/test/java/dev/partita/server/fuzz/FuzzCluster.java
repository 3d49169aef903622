package dev.partita.server.fuzz;

import dev.partita.cluster.ChecksumOutcome;
import dev.partita.cluster.Cluster;
import dev.partita.cluster.ClusterReport;
import dev.partita.cluster.TableLookup;
import dev.partita.cluster.TableOutcome;
import dev.partita.cluster.TableSize;
import dev.partita.engine.ItemStore;
import dev.partita.model.command.CommandCodec;
import dev.partita.model.command.PageCodec;
import dev.partita.model.command.PageOutcome;
import dev.partita.model.command.PageRead;
import dev.partita.model.command.ReadOutcome;
import dev.partita.model.command.ReturnValues;
import dev.partita.model.command.WriteCommand;
import dev.partita.model.command.WriteOutcome;
import dev.partita.model.index.LocalIndexes;
import dev.partita.model.item.ItemCodec;
import dev.partita.model.item.StoredItem;
import dev.partita.model.key.PrimaryKey;
import dev.partita.model.key.RowKeys;
import dev.partita.model.table.TableCodec;
import dev.partita.model.table.TableDefinition;
import dev.partita.model.table.TableRecord;
import dev.partita.model.table.TableRecord.TableStatus;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.Bytes;
import dev.partita.model.value.ItemSize;
import dev.partita.partition.PartitionDoor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A cluster in the thread that asks, whose tables never change: writes are decided as partitions
/// decide them and forgotten, so that an input does the same whatever came before it. What would
/// travel to another pod goes through its codec.
final class FuzzCluster implements Cluster {

  private final Map<String, TableRecord> tables = new HashMap<>();
  private final Map<Bytes, Map<String, AttributeValue>> items = new HashMap<>();
  private final ItemStore store;

  /// @param store empty
  FuzzCluster(ItemStore store) {
    this.store = store;
    for (TableRecord table : FuzzTables.all()) {
      tables.put(table.definition().name(), table);
      for (Map<String, AttributeValue> item : FuzzTables.items()) {
        fill(table, item);
      }
    }
  }

  private void fill(TableRecord table, Map<String, AttributeValue> item) {
    TableDefinition definition = table.definition();
    String range = definition.rangeKey();
    PrimaryKey key =
        new PrimaryKey(
            definition.hashKey(),
            Objects.requireNonNull(item.get(definition.hashKey())),
            range,
            range == null ? null : item.get(range));
    items.put(RowKeys.item(table.id(), key), item);
    PartitionDoor.put(
        new WriteCommand.Put(
            table.id(),
            key,
            ItemCodec.encode(item),
            ItemSize.ofAttributes(item),
            null,
            ReturnValues.NONE,
            false),
        store,
        LocalIndexes.of(definition));
  }

  @Override
  public CompletableFuture<TableLookup> table(String name) {
    TableRecord table = tables.get(name);
    return done(table == null ? new TableLookup.Missing() : new TableLookup.Found(table));
  }

  @Override
  public CompletableFuture<@Nullable List<TableRecord>> tables() {
    return CompletableFuture.completedFuture(List.copyOf(tables.values()));
  }

  @Override
  public CompletableFuture<TableOutcome> createTable(TableDefinition definition) {
    if (tables.containsKey(definition.name())) {
      return done(new TableOutcome.AlreadyExists());
    }
    return done(new TableOutcome.Done(record(definition, TableStatus.CREATING)));
  }

  private static TableRecord record(TableDefinition definition, TableStatus status) {
    byte[] sent = TableCodec.encode(definition);
    TableDefinition received = TableCodec.decodeDefinition(sent);
    check("definition", sent, TableCodec.encode(received));
    return new TableRecord(9, new UUID(0, 9), received, status, 0, null, null, 0, null, List.of());
  }

  @Override
  public CompletableFuture<TableOutcome> updateTable(
      String name, TableDefinition updated, TableDefinition expected) {
    return done(new TableOutcome.Done(record(updated, TableStatus.UPDATING)));
  }

  @Override
  public CompletableFuture<TableOutcome> deleteTable(String name) {
    TableRecord table = tables.get(name);
    return done(
        table == null
            ? new TableOutcome.NotFound()
            : new TableOutcome.Done(record(table.definition(), TableStatus.DELETING)));
  }

  @Override
  public CompletableFuture<ReadOutcome> read(
      TableRecord table, PrimaryKey key, boolean consistent) {
    byte[] sent = CommandCodec.encode(key);
    PrimaryKey received = CommandCodec.decodePrimaryKey(sent);
    check("key", sent, CommandCodec.encode(received));
    Map<String, AttributeValue> item = items.get(RowKeys.item(table.id(), received));
    return done(
        item == null
            ? ReadOutcome.Missing.INSTANCE
            : new ReadOutcome.Found(
                Bytes.wrap(
                    StoredItem.encode(1, 1, ItemSize.ofAttributes(item), ItemCodec.encode(item)))));
  }

  @Override
  public CompletableFuture<WriteOutcome> write(TableRecord table, WriteCommand command) {
    byte[] sent = CommandCodec.encode(command);
    WriteCommand received = CommandCodec.decodeWriteCommand(sent);
    check("command", sent, CommandCodec.encode(received));
    Map<String, AttributeValue> old = items.get(RowKeys.item(received.tableId(), received.key()));
    WriteOutcome decided =
        PartitionDoor.decide(received, store, old, LocalIndexes.of(table.definition()));
    return done(CommandCodec.decodeWriteOutcome(CommandCodec.encode(decided)));
  }

  @Override
  public CompletableFuture<PageOutcome> page(TableRecord table, PageRead read, boolean consistent) {
    byte[] sent = PageCodec.encode(read);
    PageRead received = PageCodec.decodeRead(sent);
    check("page", sent, PageCodec.encode(received));
    byte[] answer = PageCodec.encode(PartitionDoor.walk(received, store));
    return done(PageCodec.decodeOutcome(answer));
  }

  private static void check(String what, byte[] sent, byte[] again) {
    if (!Arrays.equals(sent, again)) {
      throw new IllegalStateException("another " + what + " arrives than was sent");
    }
  }

  private static <T> CompletableFuture<T> done(T outcome) {
    return CompletableFuture.completedFuture(outcome);
  }

  @Override
  public TableSize size(TableRecord table) {
    return new TableSize(7, 890);
  }

  @Override
  public ClusterReport report() {
    throw new UnsupportedOperationException("no operation asks");
  }

  @Override
  public CompletableFuture<ChecksumOutcome> checksum(long partitionId) {
    throw new UnsupportedOperationException("no operation asks");
  }

  @Override
  public CompletableFuture<ChecksumOutcome> catalogChecksum() {
    throw new UnsupportedOperationException("no operation asks");
  }

  @Override
  public boolean ready() {
    return true;
  }

  @Override
  public void close() {}
}
