package dev.partita.server.item;

import dev.partita.model.error.ApiException;
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

  /// Largest partition key value in bytes.
  static final int MAX_HASH_BYTES = 2_048;

  /// Largest sort key value in bytes.
  static final int MAX_RANGE_BYTES = 1_024;

  private static final String INVALID = "One or more parameter values were invalid: ";

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
      throw ApiException.validation(INVALID + "Missing the key " + name + " in the item");
    }
    String expected = table.typeOf(name).name();
    if (!value.type().equals(expected)) {
      throw ApiException.validation(
          INVALID
              + "Type mismatch for key "
              + name
              + " expected: "
              + expected
              + " actual: "
              + value.type());
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
    if (size(name, value, index) > MAX_HASH_BYTES) {
      // The missing space is the service's.
      throw ApiException.validation(
          INVALID
              + "Size of hashkey has exceeded the maximum size limit of"
              + MAX_HASH_BYTES
              + " bytes");
    }
  }

  private static void checkRange(String name, AttributeValue value, @Nullable LocalIndex index) {
    if (size(name, value, index) > MAX_RANGE_BYTES) {
      throw ApiException.validation(
          INVALID
              + "Aggregated size of all range keys has exceeded the size limit of "
              + MAX_RANGE_BYTES
              + " bytes");
    }
  }

  private static int size(String name, AttributeValue value, @Nullable LocalIndex index) {
    int size = ItemSize.of(value);
    if (size == 0) {
      throw ApiException.validation(
          "One or more parameter values are not valid. "
              + (index == null
                  ? ""
                  : "A value specified for a secondary index key is not supported. ")
              + "The AttributeValue for a key attribute cannot contain an empty "
              + (value instanceof AttributeValue.B ? "binary" : "string")
              + " value. "
              + (index == null
                  ? "Key: " + name
                  : "IndexName: " + index.name() + ", IndexKey: " + name));
    }
    return size;
  }

  private static ApiException mismatch() {
    return ApiException.validation("The provided key element does not match the schema");
  }
}
