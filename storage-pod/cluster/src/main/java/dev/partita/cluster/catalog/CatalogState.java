package dev.partita.cluster.catalog;

import dev.partita.model.table.TableRecord;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// All tables of a cluster at one position of the catalog's log: immutable. A change makes a new
/// state, so that whoever holds one reads it without a lock.
public final class CatalogState {

  /// The first id of a table.
  static final long FIRST_TABLE_ID = 1;

  /// The first id of a partition; lower ones are for groups like the catalog's own.
  static final long FIRST_PARTITION_ID = 1_000;

  /// Nothing exists yet.
  static final CatalogState EMPTY =
      new CatalogState(FIRST_TABLE_ID, FIRST_PARTITION_ID, new TreeMap<>(), new HashMap<>());

  private final long nextTableId;
  private final long nextPartitionId;
  private final NavigableMap<String, TableRecord> byName;
  private final Map<Long, TableRecord> byId;

  private CatalogState(
      long nextTableId,
      long nextPartitionId,
      NavigableMap<String, TableRecord> byName,
      Map<Long, TableRecord> byId) {
    this.nextTableId = nextTableId;
    this.nextPartitionId = nextPartitionId;
    this.byName = byName;
    this.byId = byId;
  }

  static CatalogState of(long nextTableId, long nextPartitionId, Collection<TableRecord> tables) {
    CatalogState state =
        new CatalogState(nextTableId, nextPartitionId, new TreeMap<>(), new HashMap<>());
    for (TableRecord table : tables) {
      state.byName.put(table.definition().name(), table);
      state.byId.put(table.id(), table);
    }
    return state;
  }

  /// The table of that name, or null.
  public @Nullable TableRecord table(String name) {
    return byName.get(name);
  }

  /// The table of that id, or null.
  public @Nullable TableRecord table(long id) {
    return byId.get(id);
  }

  /// All tables in the order of their names.
  public Collection<TableRecord> tables() {
    return byName.values();
  }

  /// The id that the next new table gets; ids below it are or were in use.
  public long nextTableId() {
    return nextTableId;
  }

  /// The id that the next new partition gets; ids below it are or were in use.
  public long nextPartitionId() {
    return nextPartitionId;
  }

  /// This state and a new table, whose ids are counted off.
  CatalogState withNew(TableRecord table) {
    CatalogState next = with(table);
    return new CatalogState(
        nextTableId + 1, nextPartitionId + table.partitions().size(), next.byName, next.byId);
  }

  /// This state with a table's record replaced.
  CatalogState with(TableRecord table) {
    NavigableMap<String, TableRecord> names = new TreeMap<>(byName);
    Map<Long, TableRecord> ids = new HashMap<>(byId);
    names.put(table.definition().name(), table);
    ids.put(table.id(), table);
    return new CatalogState(nextTableId, nextPartitionId, names, ids);
  }

  /// This state without a table.
  CatalogState without(TableRecord table) {
    NavigableMap<String, TableRecord> names = new TreeMap<>(byName);
    Map<Long, TableRecord> ids = new HashMap<>(byId);
    names.remove(table.definition().name());
    ids.remove(table.id());
    return new CatalogState(nextTableId, nextPartitionId, names, ids);
  }
}
