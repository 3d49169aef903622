package dev.partita.server.item;

import dev.partita.server.json.JsonBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `ReturnConsumedCapacity` of an operation on one table.
enum ConsumedCapacity {
  NONE,
  TOTAL,
  INDEXES;

  /// @param text of the request, null for none
  static ConsumedCapacity of(@Nullable String text) {
    return text == null ? NONE : valueOf(text);
  }

  /// Appends the member `ConsumedCapacity`, if it was asked for.
  void write(String tableName, double units, JsonBuffer json) {
    if (this == NONE) {
      return;
    }
    entry(tableName, units, json.name("ConsumedCapacity"));
  }

  /// Appends the member `ConsumedCapacity` as the list that operations on several tables have, if
  /// it was asked for.
  ///
  /// @param units by name of the table
  void write(Map<String, Double> units, JsonBuffer json) {
    if (this == NONE) {
      return;
    }
    json.name("ConsumedCapacity").startArray();
    units.forEach((tableName, consumed) -> entry(tableName, consumed, json));
    json.endArray();
  }

  private void entry(String tableName, double units, JsonBuffer json) {
    json.startObject().name("TableName").string(tableName).name("CapacityUnits").number(units);
    if (this == INDEXES) {
      json.name("Table").startObject().name("CapacityUnits").number(units).endObject();
    }
    json.endObject();
  }

  /// Appends the member `ConsumedCapacity` of a read of a local index, if it was asked for.
  ///
  /// @param indexUnits for the index's entries
  /// @param tableUnits for the items that were fetched for them, 0 if none was
  void writeIndexRead(
      String tableName, String indexName, double indexUnits, double tableUnits, JsonBuffer json) {
    if (this == NONE) {
      return;
    }
    json.name("ConsumedCapacity").startObject().name("TableName").string(tableName);
    units(indexUnits + tableUnits, json);
    if (this == INDEXES) {
      if (tableUnits > 0) {
        units(tableUnits, json.name("Table").startObject()).endObject();
      }
      json.name("LocalSecondaryIndexes").startObject().name(indexName).startObject();
      units(indexUnits, json).endObject().endObject();
    }
    json.endObject();
  }

  private static JsonBuffer units(double units, JsonBuffer json) {
    return json.name("CapacityUnits").number(units);
  }
}
