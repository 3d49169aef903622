package dev.partita.partition;

import dev.partita.engine.ItemReader;
import dev.partita.engine.Rows.Cursor;
import dev.partita.model.command.ReturnValues;
import dev.partita.model.command.WriteCommand;
import dev.partita.model.expression.Condition;
import dev.partita.model.expression.Path;
import dev.partita.model.expression.Update;
import dev.partita.model.item.ItemCodec;
import dev.partita.model.item.StoredItem;
import dev.partita.model.key.KeyRange;
import dev.partita.model.key.PrimaryKey;
import dev.partita.model.key.RowKeys;
import dev.partita.model.table.TableDefinition;
import dev.partita.model.table.TableDefinition.AttributeDefinition;
import dev.partita.model.table.TableDefinition.BillingMode;
import dev.partita.model.table.TableDefinition.KeyType;
import dev.partita.model.table.TableDefinition.LocalIndex;
import dev.partita.model.table.TableDefinition.Projection;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.Bytes;
import dev.partita.model.value.ItemSize;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A table with one local index of each projection: `a` orders index 0 (all), `b` orders 1 (keys
/// only) and 2 (`b`, `x` and keys). Knows anew, from the items alone, what must lie beside them.
final class IndexedTable {

  static final TableDefinition TABLE =
      new TableDefinition(
              "indexed",
              List.of(
                  new AttributeDefinition("k", KeyType.S),
                  new AttributeDefinition("r", KeyType.N),
                  new AttributeDefinition("a", KeyType.N),
                  new AttributeDefinition("b", KeyType.S)),
              "k",
              "r",
              BillingMode.PAY_PER_REQUEST,
              0,
              0,
              null,
              null,
              null,
              false,
              Map.of())
          .withLocalIndexes(
              List.of(
                  new LocalIndex("all", "a", Projection.ALL, List.of()),
                  new LocalIndex("keys", "b", Projection.KEYS_ONLY, List.of()),
                  new LocalIndex("some", "b", Projection.INCLUDE, List.of("x", "k"))));

  private static final List<Set<String>> PROJECTED =
      List.of(Set.of(), Set.of("k", "r", "b"), Set.of("k", "r", "b", "x"));

  private IndexedTable() {}

  static PrimaryKey key(String name, long sort) {
    return new PrimaryKey("k", Items.s(name), "r", Items.n(sort));
  }

  /// @param more names and values in turn
  static Map<String, AttributeValue> item(String name, long sort, Object... more) {
    Map<String, AttributeValue> item = new LinkedHashMap<>(Items.item(name, more));
    item.put("r", Items.n(sort));
    return item;
  }

  static WriteCommand.Put put(long table, Map<String, AttributeValue> item) {
    return new WriteCommand.Put(
        table,
        keyOf(item),
        ItemCodec.encode(item),
        ItemSize.ofAttributes(item),
        null,
        ReturnValues.NONE,
        false);
  }

  static WriteCommand.Delete delete(long table, String name, long sort) {
    return new WriteCommand.Delete(table, key(name, sort), null, ReturnValues.NONE, false);
  }

  static WriteCommand.UpdateItem update(
      long table, String name, long sort, Update update, @Nullable Condition condition) {
    return new WriteCommand.UpdateItem(
        table, key(name, sort), update, condition, ReturnValues.NONE, false);
  }

  static WriteCommand.UpdateItem set(
      long table, String name, long sort, String attribute, AttributeValue value) {
    return update(table, name, sort, Items.set(attribute, value), null);
  }

  static WriteCommand.UpdateItem remove(long table, String name, long sort, String attribute) {
    Update update = new Update(List.of(), List.of(Path.of(attribute)), List.of(), List.of());
    return update(table, name, sort, update, null);
  }

  private static PrimaryKey keyOf(Map<String, AttributeValue> item) {
    return new PrimaryKey("k", value(item, "k"), "r", value(item, "r"));
  }

  private static AttributeValue value(Map<String, AttributeValue> item, String name) {
    return Objects.requireNonNull(item.get(name), name);
  }

  /// Every row of the table beside its items, as text: key, then size and attributes.
  static SortedMap<String, String> beside(ItemReader store, long table) {
    SortedMap<String, String> rows = new TreeMap<>();
    Set<String> itemKeys = keys(items(store, table), table);
    scan(
        store,
        table,
        (key, value) -> {
          if (!itemKeys.contains(key.toString())) {
            rows.put(key.toString(), isRecord(key) ? record(value) : entry(value));
          }
        });
    return rows;
  }

  /// What must be beside the items that the table has.
  static SortedMap<String, String> expected(ItemReader store, long table) {
    SortedMap<String, String> rows = new TreeMap<>();
    Map<AttributeValue, ItemCollection> collections = new LinkedHashMap<>();
    for (Map<String, AttributeValue> item : items(store, table)) {
      AttributeValue hash = value(item, "k");
      ItemCollection collection = collections.getOrDefault(hash, ItemCollection.EMPTY);
      int entries = 0;
      for (int number = 0; number < PROJECTED.size(); number++) {
        AttributeValue sort = item.get(number == 0 ? "a" : "b");
        if (sort != null) {
          Map<String, AttributeValue> projected = new LinkedHashMap<>(item);
          if (number > 0) {
            projected.keySet().retainAll(PROJECTED.get(number));
          }
          int size = ItemSize.ofAttributes(projected);
          entries += size;
          rows.put(
              RowKeys.localIndexEntry(table, keyOf(item), number, sort).toString(),
              text(size, projected));
        }
      }
      collections.put(hash, collection.plus(ItemSize.ofAttributes(item), entries));
    }
    collections.forEach(
        (hash, collection) ->
            rows.put(RowKeys.collection(table, hash).toString(), collection.toString()));
    return rows;
  }

  /// What the replica's state must count.
  static List<IndexSize> expectedSizes(ItemReader store, long table) {
    List<IndexSize> sizes =
        new ArrayList<>(List.of(IndexSize.EMPTY, IndexSize.EMPTY, IndexSize.EMPTY));
    for (Map<String, AttributeValue> item : items(store, table)) {
      for (int number = 0; number < PROJECTED.size(); number++) {
        if (item.containsKey(number == 0 ? "a" : "b")) {
          Map<String, AttributeValue> projected = new LinkedHashMap<>(item);
          if (number > 0) {
            projected.keySet().retainAll(PROJECTED.get(number));
          }
          sizes.set(number, sizes.get(number).changed(0, ItemSize.ofAttributes(projected)));
        }
      }
    }
    return sizes;
  }

  static List<Map<String, AttributeValue>> items(ItemReader store, long table) {
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    scan(
        store,
        table,
        (key, value) -> {
          if (!isRecord(key)) {
            Map<String, AttributeValue> read = ItemCodec.decode(StoredItem.body(value));
            if (RowKeys.item(table, keyOf(read)).equals(key)) {
              items.add(read);
            }
          }
        });
    return items;
  }

  private static Set<String> keys(List<Map<String, AttributeValue>> items, long table) {
    Set<String> keys = new HashSet<>();
    items.forEach(item -> keys.add(RowKeys.item(table, keyOf(item)).toString()));
    return keys;
  }

  private interface Taker {
    void take(Bytes key, byte[] value);
  }

  private static void scan(ItemReader store, long table, Taker taker) {
    KeyRange range = RowKeys.table(table);
    try (Cursor cursor = store.scan(range.from().unsafeArray(), range.to().unsafeArray())) {
      while (cursor.next()) {
        taker.take(Bytes.of(cursor.key()), cursor.value());
      }
    }
  }

  /// The key of a collection's record ends with its stretch and its kind.
  private static boolean isRecord(Bytes key) {
    byte[] octets = key.unsafeArray();
    return octets[octets.length - 2] == 0x30 && octets[octets.length - 3] == 0x01;
  }

  private static String record(byte[] value) {
    return ItemCollection.ofStored(value).toString();
  }

  private static String entry(byte[] value) {
    return text(StoredItem.header(value).size(), ItemCodec.decode(StoredItem.body(value)));
  }

  private static String text(int size, Map<String, AttributeValue> attributes) {
    return size + " " + new TreeMap<>(attributes);
  }
}
