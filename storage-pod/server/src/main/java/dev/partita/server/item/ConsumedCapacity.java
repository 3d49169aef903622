package dev.partita.server.item;

import dev.partita.server.json.JsonBuffer;
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
    json.name("ConsumedCapacity")
        .startObject()
        .name("TableName")
        .string(tableName)
        .name("CapacityUnits")
        .number(units);
    if (this == INDEXES) {
      json.name("Table").startObject().name("CapacityUnits").number(units).endObject();
    }
    json.endObject();
  }
}
