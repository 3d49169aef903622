package dev.partita.server.item;

import dev.partita.model.command.WriteOutcome.Written;
import dev.partita.model.key.PrimaryKey;
import dev.partita.model.value.AttributeValue;
import dev.partita.server.json.JsonBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/// `ItemCollectionMetrics` of `BatchWriteItem`: of each table the collections that were written to,
/// each once.
final class CollectionList {

  /// The last write to a collection tells its size.
  private record Last(PrimaryKey key, Written written) {}

  private final CollectionMetrics metrics;
  private final Map<String, Map<AttributeValue, Last>> byTable = new LinkedHashMap<>();

  CollectionList(CollectionMetrics metrics) {
    this.metrics = metrics;
  }

  /// Notes a write, if there is something to tell of it.
  void add(String table, PrimaryKey key, Written written) {
    if (metrics.isToldOf(written)) {
      byTable
          .computeIfAbsent(table, _ -> new LinkedHashMap<>())
          .put(key.hash(), new Last(key, written));
    }
  }

  /// Appends the member, if there is something in it.
  void write(JsonBuffer json) {
    if (byTable.isEmpty()) {
      return;
    }
    json.name("ItemCollectionMetrics").startObject();
    byTable.forEach(
        (table, collections) -> {
          json.name(table).startArray();
          collections
              .values()
              .forEach(last -> CollectionMetrics.entry(last.written(), last.key(), json));
          json.endArray();
        });
    json.endObject();
  }
}
