package dev.partita.server.item;

import dev.partita.model.command.WriteOutcome.IndexWrites;
import dev.partita.model.command.WriteOutcome.Written;
import dev.partita.model.item.ItemCodec;
import dev.partita.model.key.PrimaryKey;
import dev.partita.server.json.JsonBuffer;
import dev.partita.server.json.Structure;
import java.util.Map;

/// `ReturnItemCollectionMetrics`: how much the items of a partition key take together, on tables
/// with local secondary indexes.
enum CollectionMetrics {
  NONE,
  SIZE;

  /// What an estimate is rounded to, in bytes.
  private static final long GIGABYTE = 1L << 30;

  static CollectionMetrics of(Structure request) {
    String text = request.text("ReturnItemCollectionMetrics");
    return text == null ? NONE : valueOf(text);
  }

  /// Appends the member `ItemCollectionMetrics`, if it was asked for and the table has it.
  void write(Written written, PrimaryKey key, JsonBuffer json) {
    if (isToldOf(written)) {
      entry(written, key, json.name("ItemCollectionMetrics"));
    }
  }

  /// Whether there is something to tell of a write.
  boolean isToldOf(Written written) {
    return this == SIZE && written.indexes() != null;
  }

  /// Appends one element of the lists that `BatchWriteItem` has.
  ///
  /// @param written what `isToldOf` holds for
  static void entry(Written written, PrimaryKey key, JsonBuffer json) {
    json.startObject().name("ItemCollectionKey");
    ItemJson.of(ItemCodec.encode(Map.of(key.hashName(), key.hash())), json);
    IndexWrites indexes = written.indexes();
    long low = indexes == null ? 0 : indexes.collectionBytes() / GIGABYTE;
    json.name("SizeEstimateRangeGB").startArray();
    json.number((double) low).number((double) (low + 1)).endArray().endObject();
  }
}
