package dev.partita.model.index;

import dev.partita.model.table.TableDefinition;
import dev.partita.model.table.TableDefinition.KeyType;
import dev.partita.model.table.TableDefinition.LocalIndex;
import dev.partita.model.table.TableDefinition.Projection;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.ItemSize;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the local secondary indexes of a table make of an item. An item has an entry in an index if
/// it has the attribute that orders it; the entry has the keys of table and index, and what the
/// index projects.
public final class LocalIndexes {

  /// One index.
  ///
  /// @param type that the values of `rangeKey` must have
  /// @param projected names of the attributes in its entries; null for all
  private record Index(
      String name, String rangeKey, KeyType type, @Nullable Set<String> projected) {}

  private final List<Index> indexes;

  private LocalIndexes(List<Index> indexes) {
    this.indexes = indexes;
  }

  /// @return null for a table without local indexes
  public static @Nullable LocalIndexes of(TableDefinition table) {
    if (table.localIndexes().isEmpty()) {
      return null;
    }
    List<Index> indexes = new ArrayList<>();
    for (LocalIndex index : table.localIndexes()) {
      indexes.add(
          new Index(
              index.name(),
              index.rangeKey(),
              table.typeOf(index.rangeKey()),
              projected(table, index)));
    }
    return new LocalIndexes(indexes);
  }

  private static @Nullable Set<String> projected(TableDefinition table, LocalIndex index) {
    if (index.projection() == Projection.ALL) {
      return null;
    }
    Set<String> names = new HashSet<>(index.nonKeyAttributes());
    names.add(table.hashKey());
    if (table.rangeKey() != null) {
      names.add(table.rangeKey());
    }
    names.add(index.rangeKey());
    return names;
  }

  public int count() {
    return indexes.size();
  }

  /// Whether the entries of an index are whole items.
  public boolean projectsAll(int number) {
    return indexes.get(number).projected() == null;
  }

  /// The value that orders an item's entry; null where it has none, and so no entry.
  public @Nullable AttributeValue sort(int number, Map<String, AttributeValue> item) {
    return item.get(indexes.get(number).rangeKey());
  }

  /// The attributes of an item's entry, in the order of the item.
  public Map<String, AttributeValue> project(int number, Map<String, AttributeValue> item) {
    Set<String> projected = indexes.get(number).projected();
    if (projected == null) {
      return item;
    }
    Map<String, AttributeValue> entry = new LinkedHashMap<>();
    item.forEach(
        (name, value) -> {
          if (projected.contains(name)) {
            entry.put(name, value);
          }
        });
    return entry;
  }

  /// What all entries of an item take together, in DynamoDB bytes. Together with the item they are
  /// bound by the size that one item may have (developer guide, quotas).
  ///
  /// @param itemBytes the item's own size
  public int entryBytes(Map<String, AttributeValue> item, int itemBytes) {
    int bytes = 0;
    for (int number = 0; number < indexes.size(); number++) {
      if (sort(number, item) != null) {
        bytes += projectsAll(number) ? itemBytes : ItemSize.ofAttributes(project(number, item));
      }
    }
    return bytes;
  }

  /// Whether an item with its entries is larger than an item may be.
  ///
  /// @param itemBytes the item's own size, at most the bound
  public boolean isTooLarge(Map<String, AttributeValue> item, int itemBytes) {
    return itemBytes + entryBytes(item, itemBytes) > ItemSize.MAX_ITEM_BYTES;
  }

  /// The first value of an item that cannot be a key of an index; null where all can.
  public @Nullable IndexKeyFault fault(Map<String, AttributeValue> attributes) {
    for (IndexKeyFault.Kind kind : IndexKeyFault.Kind.values()) {
      IndexKeyFault first = null;
      for (Index index : indexes) {
        AttributeValue value = attributes.get(index.rangeKey());
        if (value != null && kind.isIn(value, index.type())) {
          IndexKeyFault found =
              new IndexKeyFault(kind, index.name(), index.rangeKey(), index.type(), value);
          // The service names the first in the order of names.
          if (first == null || found.index().compareTo(first.index()) < 0) {
            first = found;
          }
        }
      }
      if (first != null) {
        return first;
      }
    }
    return null;
  }
}
