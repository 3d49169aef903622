package dev.partita.server.item;

import dev.partita.model.error.ApiException;
import dev.partita.model.error.ItemTexts;
import dev.partita.model.error.QueryTexts;
import dev.partita.model.expression.KeyCondition;
import dev.partita.model.expression.SortCondition;
import dev.partita.model.key.PrimaryKey;
import dev.partita.model.key.RowKey;
import dev.partita.model.key.RowKeys;
import dev.partita.model.key.RowSource;
import dev.partita.model.table.TableDefinition;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.Bytes;
import dev.partita.model.value.DynamoNumber;
import dev.partita.server.json.JsonBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `ExclusiveStartKey` and `LastEvaluatedKey`: rows by the attributes that place them, those of the
/// table's key and of the index that is read. Which text is told when is dynalite's, which took it
/// from the service; where DynamoDB Local does otherwise, that is its own.
final class StartKeys {

  private StartKeys() {}

  /// The row key of the row behind which a scan goes on.
  ///
  /// @throws ApiException VALIDATION for a key that no row of the target can have
  static Bytes ofScan(PageTarget target, Map<String, AttributeValue> key) {
    // Only a scan of a table says more.
    String text =
        target.index() == null ? QueryTexts.startKey(ItemTexts.KEY_MISMATCH) : QueryTexts.START_KEY;
    return rowKey(target, key, text);
  }

  /// The row key of the row behind which a query goes on.
  ///
  /// @throws ApiException VALIDATION for a key that no row of the target can have, or that the
  ///   query would not come by
  static Bytes ofQuery(PageTarget target, Map<String, AttributeValue> key, KeyCondition condition) {
    Bytes rowKey = rowKey(target, key, QueryTexts.START_KEY);
    RowKey start = RowKeys.read(rowKey);
    AttributeValue sort = target.index() == null ? start.sort() : start.indexSort();
    SortCondition asked = condition.sort();
    boolean samePartition = start.hash().equals(condition.hash());
    if (asked == null || sort == null) {
      if (!samePartition) {
        throw ApiException.validation(QueryTexts.START_KEY_OUTSIDE);
      }
      return rowKey;
    }
    if (!asked.holds(sort)) {
      throw ApiException.validation(QueryTexts.START_KEY_SORT);
    }
    if (!samePartition) {
      throw ApiException.validation(QueryTexts.START_KEY_OF_ONE);
    }
    return rowKey;
  }

  private static Bytes rowKey(
      PageTarget target, Map<String, AttributeValue> key, String whenOtherNames) {
    TableDefinition table = target.definition();
    TableDefinition.LocalIndex index = target.index();
    Map<String, AttributeValue> tableKey = new HashMap<>(key);
    // A table's sort key may order an index too.
    AttributeValue indexSort = index == null ? null : key.get(index.rangeKey());
    if (index != null) {
      if (indexSort == null) {
        throw ApiException.validation(whenOtherNames);
      }
      if (!index.rangeKey().equals(table.rangeKey())) {
        tableKey.remove(index.rangeKey());
      }
    }
    String range = table.rangeKey();
    boolean complete =
        tableKey.size() == (range == null ? 1 : 2)
            && tableKey.containsKey(table.hashKey())
            && (range == null || tableKey.containsKey(range));
    if (!complete) {
      throw ApiException.validation(whenOtherNames);
    }
    try {
      PrimaryKey primary = KeySchema.ofKey(table, tableKey);
      if (index == null || indexSort == null) {
        return RowKeys.item(target.table().id(), primary);
      }
      KeySchema.checkIndexKey(table, index, indexSort);
      return RowKeys.localIndexEntry(
          target.table().id(), primary, number(target.source()), indexSort);
    } catch (ApiException e) {
      throw ApiException.validation(QueryTexts.startKey(e.getMessage()));
    }
  }

  private static int number(RowSource source) {
    return switch (source) {
      case RowSource.LocalIndex(int number) -> number;
      case RowSource.Items _ -> throw new IllegalStateException("no index");
    };
  }

  /// Appends the attributes that place a row.
  static void write(PageTarget target, Bytes rowKey, JsonBuffer json) {
    RowKey row = RowKeys.read(rowKey);
    TableDefinition table = target.definition();
    json.startObject();
    write(table.hashKey(), row.hash(), json);
    write(table.rangeKey(), row.sort(), json);
    TableDefinition.LocalIndex index = target.index();
    if (index != null && !index.rangeKey().equals(table.rangeKey())) {
      write(index.rangeKey(), indexSort(row, table.typeOf(index.rangeKey())), json);
    }
    json.endObject();
  }

  /// Where a page of an index ended at an item that has no entry in it, nor has any other item of
  /// its partition key, a value of no entry does as well.
  private static AttributeValue indexSort(RowKey row, TableDefinition.KeyType type) {
    AttributeValue sort = row.indexSort();
    if (sort != null) {
      return sort;
    }
    return switch (type) {
      case S -> new AttributeValue.S("-");
      case N -> new AttributeValue.N(DynamoNumber.ZERO);
      case B -> new AttributeValue.B(Bytes.of((byte) 0));
    };
  }

  private static void write(
      @Nullable String name, @Nullable AttributeValue value, JsonBuffer json) {
    if (name != null && value != null) {
      ItemJson.ofAttribute(name, value, json);
    }
  }
}
