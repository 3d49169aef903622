package dev.partita.server.item;

import dev.partita.server.json.JsonBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `ReturnConsumedCapacity` of an operation.
enum ConsumedCapacity {
  NONE,
  TOTAL,
  INDEXES;

  /// @param text of the request, null for none
  static ConsumedCapacity of(@Nullable String text) {
    return text == null ? NONE : valueOf(text);
  }

  /// Appends the member `ConsumedCapacity` of an operation on a table alone, if it was asked for.
  void write(String tableName, double units, JsonBuffer json) {
    if (this != NONE) {
      write(tableName, Consumption.ofTable(units), json);
    }
  }

  /// Appends the member `ConsumedCapacity`, if it was asked for.
  void write(String tableName, Consumption consumed, JsonBuffer json) {
    if (this != NONE) {
      entry(tableName, consumed, json.name("ConsumedCapacity"));
    }
  }

  /// Appends the member `ConsumedCapacity` as the list that operations on several tables have, if
  /// it was asked for.
  ///
  /// @param consumed by name of the table
  void write(Map<String, Consumption> consumed, JsonBuffer json) {
    if (this == NONE) {
      return;
    }
    json.name("ConsumedCapacity").startArray();
    consumed.forEach((tableName, units) -> entry(tableName, units, json));
    json.endArray();
  }

  /// Appends the member `ConsumedCapacity` of a read of a local index, if it was asked for.
  ///
  /// @param indexUnits for the index's entries
  /// @param tableUnits for the items that were fetched for them, 0 if none was
  void writeIndexRead(
      String tableName, String indexName, double indexUnits, double tableUnits, JsonBuffer json) {
    if (this != NONE) {
      write(tableName, new Consumption(tableUnits, Map.of(indexName, indexUnits)), json);
    }
  }

  private void entry(String tableName, Consumption consumed, JsonBuffer json) {
    json.startObject().name("TableName").string(tableName);
    units(consumed.total(), json);
    if (this == INDEXES) {
      parts(consumed, json);
    }
    json.endObject();
  }

  /// The parts that were used: at least one.
  private static void parts(Consumption consumed, JsonBuffer json) {
    if (consumed.table() > 0 || consumed.localIndexes().isEmpty()) {
      units(consumed.table(), json.name("Table").startObject()).endObject();
    }
    if (!consumed.localIndexes().isEmpty()) {
      json.name("LocalSecondaryIndexes").startObject();
      consumed
          .localIndexes()
          .forEach((name, units) -> units(units, json.name(name).startObject()).endObject());
      json.endObject();
    }
  }

  private static JsonBuffer units(double units, JsonBuffer json) {
    return json.name("CapacityUnits").number(units);
  }
}
