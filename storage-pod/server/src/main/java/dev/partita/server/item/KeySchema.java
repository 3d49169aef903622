package dev.partita.server.item;

import dev.partita.model.error.ApiException;
import dev.partita.model.error.ItemTexts;
import dev.partita.model.expression.KeyCondition;
import dev.partita.model.expression.SortCondition;
import dev.partita.model.key.PrimaryKey;
import dev.partita.model.table.TableDefinition;
import dev.partita.model.table.TableDefinition.LocalIndex;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.ItemSize;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Takes primary keys out of what a client sent, checked against the table's schema.
final class KeySchema {

  private KeySchema() {}

  /// Of a `Key` parameter: exactly the key attributes.
  static PrimaryKey ofKey(TableDefinition table, Map<String, AttributeValue> key) {
    String range = table.rangeKey();
    if (key.size() != (range == null ? 1 : 2)) {
      throw mismatch();
    }
    return among(table, key);
  }

  /// Of a whole item in a batch, where the service has one text for every wrong key.
  static PrimaryKey ofBatchItem(TableDefinition table, Map<String, AttributeValue> item) {
    return among(table, item);
  }

  private static PrimaryKey among(TableDefinition table, Map<String, AttributeValue> attributes) {
    String range = table.rangeKey();
    AttributeValue hashValue = keyed(table, table.hashKey(), attributes);
    AttributeValue rangeValue = range == null ? null : keyed(table, range, attributes);
    return checked(table.hashKey(), hashValue, range, rangeValue);
  }

  private static AttributeValue keyed(
      TableDefinition table, String name, Map<String, AttributeValue> key) {
    AttributeValue value = key.get(name);
    if (value == null || !value.type().equals(table.typeOf(name).name())) {
      throw mismatch();
    }
    return value;
  }

  /// Of a whole item.
  static PrimaryKey ofItem(TableDefinition table, Map<String, AttributeValue> item) {
    String range = table.rangeKey();
    AttributeValue hashValue = contained(table, table.hashKey(), item);
    AttributeValue rangeValue = range == null ? null : contained(table, range, item);
    return checked(table.hashKey(), hashValue, range, rangeValue);
  }

  private static AttributeValue contained(
      TableDefinition table, String name, Map<String, AttributeValue> item) {
    AttributeValue value = item.get(name);
    if (value == null) {
      throw ApiException.validation(ItemTexts.missingKey(name));
    }
    String expected = table.typeOf(name).name();
    if (!value.type().equals(expected)) {
      throw ApiException.validation(ItemTexts.keyType(name, expected, value.type()));
    }
    return value;
  }

  private static PrimaryKey checked(
      String hash,
      AttributeValue hashValue,
      @Nullable String range,
      @Nullable AttributeValue rangeValue) {
    checkHash(hash, hashValue, null);
    if (range != null && rangeValue != null) {
      checkRange(range, rangeValue, null);
    }
    return new PrimaryKey(hash, hashValue, range, rangeValue);
  }

  /// What a query asks for: values that some key of the table, or of the index, could have.
  ///
  /// @param index null for the table itself
  static void check(TableDefinition table, @Nullable LocalIndex index, KeyCondition condition) {
    checkHash(table.hashKey(), condition.hash(), index);
    String range = index == null ? table.rangeKey() : index.rangeKey();
    SortCondition sort = condition.sort();
    if (range != null && sort != null) {
      for (AttributeValue value : sort.values()) {
        checkRange(range, value, index);
      }
    }
  }

  /// A value of an index's sort key, as a start key has it.
  static void checkIndexKey(TableDefinition table, LocalIndex index, AttributeValue value) {
    if (!value.type().equals(table.typeOf(index.rangeKey()).name())) {
      throw mismatch();
    }
    checkRange(index.rangeKey(), value, index);
  }

  private static void checkHash(String name, AttributeValue value, @Nullable LocalIndex index) {
    if (size(name, value, index) > PrimaryKey.MAX_HASH_BYTES) {
      throw ApiException.validation(ItemTexts.hashKeyTooLarge(PrimaryKey.MAX_HASH_BYTES));
    }
  }

  private static void checkRange(String name, AttributeValue value, @Nullable LocalIndex index) {
    if (size(name, value, index) > PrimaryKey.MAX_RANGE_BYTES) {
      throw ApiException.validation(ItemTexts.rangeKeyTooLarge(PrimaryKey.MAX_RANGE_BYTES));
    }
  }

  private static int size(String name, AttributeValue value, @Nullable LocalIndex index) {
    int size = ItemSize.of(value);
    if (size == 0) {
      boolean binary = value instanceof AttributeValue.B;
      throw ApiException.validation(
          index == null
              ? ItemTexts.emptyKey(binary, name)
              : ItemTexts.emptyIndexKey(binary, index.name(), name));
    }
    return size;
  }

  private static ApiException mismatch() {
    return ApiException.validation(ItemTexts.KEY_MISMATCH);
  }
}
