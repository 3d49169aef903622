package dev.partita.server.item;

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
import dev.partita.model.item.ItemCodec;
import dev.partita.model.item.StoredItem;
import dev.partita.model.key.PrimaryKey;
import dev.partita.model.table.TableDefinition;
import dev.partita.model.table.TableDefinition.AttributeDefinition;
import dev.partita.model.table.TableDefinition.KeyType;
import dev.partita.model.table.TableDefinition.LocalIndex;
import dev.partita.model.table.TableDefinition.Projection;
import dev.partita.model.table.TableRecord;
import dev.partita.model.table.TableRecord.TableStatus;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.Bytes;
import dev.partita.model.value.ItemSize;
import dev.partita.server.fake.FakeTable;
import dev.partita.server.fake.FakeWrites;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A cluster in memory: two tables, one thread.
final class FakeCluster implements Cluster {

  /// Partition key `a`: S.
  static final String HASHED = "hashed";

  /// Partition key `a`: S, sort key `b`: N.
  static final String RANGED = "ranged";

  /// Partition key `a`: B.
  static final String BINARY = "binary";

  /// Partition key `a`: S, sort key `b`: N; local indexes `two` and `one` on `c`: S, `bin` on `d`:
  /// B.
  static final String INDEXED = "indexed";

  /// Not ACTIVE yet.
  static final String YOUNG = "young";

  private final Map<String, TableRecord> tables = new HashMap<>();
  private final Map<Long, Map<PrimaryKey, Map<String, AttributeValue>>> items = new HashMap<>();

  /// What the next write answers instead of writing; null for nothing special.
  @Nullable WriteOutcome nextWrite;

  boolean catalogAnswers = true;

  /// What the next read answers instead of reading; null for nothing special.
  @Nullable ReadOutcome nextRead;

  @Nullable WriteCommand lastWrite;

  /// What reads of pages answer.
  @Nullable PageOutcome nextPage;

  @Nullable PageRead lastPage;

  FakeCluster() {
    add(1, HASHED, List.of(new AttributeDefinition("a", KeyType.S)), null, TableStatus.ACTIVE);
    add(
        2,
        RANGED,
        List.of(new AttributeDefinition("a", KeyType.S), new AttributeDefinition("b", KeyType.N)),
        "b",
        TableStatus.ACTIVE);
    add(3, BINARY, List.of(new AttributeDefinition("a", KeyType.B)), null, TableStatus.UPDATING);
    add(
        5,
        INDEXED,
        List.of(
            new AttributeDefinition("a", KeyType.S),
            new AttributeDefinition("b", KeyType.N),
            new AttributeDefinition("c", KeyType.S),
            new AttributeDefinition("d", KeyType.B)),
        "b",
        TableStatus.ACTIVE);
    add(4, YOUNG, List.of(new AttributeDefinition("a", KeyType.S)), null, TableStatus.CREATING);
  }

  private void add(
      long id,
      String name,
      List<AttributeDefinition> attributes,
      @Nullable String rangeKey,
      TableStatus status) {
    List<LocalIndex> indexes =
        name.equals(INDEXED)
            ? List.of(
                new LocalIndex("two", "c", Projection.ALL, List.of()),
                new LocalIndex("one", "c", Projection.KEYS_ONLY, List.of()),
                new LocalIndex("bin", "d", Projection.KEYS_ONLY, List.of()))
            : List.of();
    tables.put(name, FakeTable.of(id, name, attributes, rangeKey, indexes, status));
    items.put(id, new HashMap<>());
  }

  @Override
  public CompletableFuture<TableLookup> table(String name) {
    TableRecord table = tables.get(name);
    return CompletableFuture.completedFuture(
        !catalogAnswers
            ? new TableLookup.Unavailable("nobody to ask")
            : table == null ? new TableLookup.Missing() : new TableLookup.Found(table));
  }

  @Override
  public CompletableFuture<ReadOutcome> read(
      TableRecord table, PrimaryKey key, boolean consistent) {
    ReadOutcome special = nextRead;
    nextRead = null;
    if (special != null) {
      return CompletableFuture.completedFuture(special);
    }
    Map<String, AttributeValue> item = of(table.id()).get(key);
    return CompletableFuture.completedFuture(
        item == null
            ? ReadOutcome.Missing.INSTANCE
            : new ReadOutcome.Found(
                Bytes.wrap(
                    StoredItem.encode(1, 1, ItemSize.ofAttributes(item), ItemCodec.encode(item)))));
  }

  private Map<PrimaryKey, Map<String, AttributeValue>> of(long tableId) {
    return items.computeIfAbsent(tableId, _ -> new HashMap<>());
  }

  @Override
  public CompletableFuture<WriteOutcome> write(TableRecord table, WriteCommand command) {
    lastWrite = command;
    WriteOutcome special = nextWrite;
    nextWrite = null;
    return CompletableFuture.completedFuture(special == null ? decide(command) : special);
  }

  private WriteOutcome decide(WriteCommand command) {
    Map<PrimaryKey, Map<String, AttributeValue>> table = of(command.tableId());
    FakeWrites.Decided decided = FakeWrites.decide(command, table.get(command.key()));
    if (decided.now() == null) {
      table.remove(command.key());
    } else {
      table.put(command.key(), decided.now());
    }
    return decided.outcome();
  }

  @Override
  public CompletableFuture<@Nullable List<TableRecord>> tables() {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletableFuture<TableOutcome> createTable(TableDefinition definition) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletableFuture<TableOutcome> updateTable(
      String name, TableDefinition updated, TableDefinition expected) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletableFuture<TableOutcome> deleteTable(String name) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletableFuture<PageOutcome> page(TableRecord table, PageRead read, boolean consistent) {
    lastPage = read;
    if (nextPage == null) {
      throw new UnsupportedOperationException("pages are tested with a real cluster");
    }
    return CompletableFuture.completedFuture(nextPage);
  }

  @Override
  public TableSize size(TableRecord table) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ClusterReport report() {
    throw new UnsupportedOperationException();
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
