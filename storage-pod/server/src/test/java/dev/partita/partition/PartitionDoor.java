package dev.partita.partition;

import dev.partita.engine.ItemStore;
import dev.partita.engine.ItemWriter;
import dev.partita.model.command.PageOutcome;
import dev.partita.model.command.PageRead;
import dev.partita.model.command.WriteCommand;
import dev.partita.model.command.WriteOutcome;
import dev.partita.model.index.LocalIndexes;
import dev.partita.model.item.StoredItem;
import dev.partita.model.key.RowKeys;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.Bytes;
import dev.partita.model.value.ItemSize;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a partition does with a request, without its lane and its log, in the thread that asks.
public final class PartitionDoor {

  private PartitionDoor() {}

  /// Stores an item with the rows beside it.
  ///
  /// @param indexes null on a table without local indexes
  public static void put(WriteCommand.Put put, ItemStore store, @Nullable LocalIndexes indexes) {
    try (ItemWriter.Batch batch = store.batch()) {
      write(
          RowKeys.item(put.tableId(), put.key()), Image.encoded(put.item(), put.itemSize()), batch);
      if (indexes != null) {
        IndexRows.Beside beside =
            rows(indexes, store).plan(put, null, Decider.decide(put, null, indexes));
        beside.entries().forEach(entry -> write(entry.rowKey(), entry.image(), batch));
        batch.put(beside.collectionKey().unsafeArray(), beside.collection().encode());
      }
      batch.write();
    }
  }

  private static void write(Bytes key, @Nullable Image image, ItemWriter.Batch batch) {
    if (image != null) {
      batch.put(key.unsafeArray(), StoredItem.encode(1, 1, image.size(), image.body()));
    }
  }

  private static IndexRows rows(LocalIndexes indexes, ItemStore store) {
    return new IndexRows(
        indexes, store, new HashMap<>(), PartitionLimits.DEFAULT.itemCollectionBytes());
  }

  /// Decides a write and forgets it.
  ///
  /// @param store where the records of collections are
  /// @param old the item before; null for none
  /// @param indexes null on a table without local indexes
  public static WriteOutcome decide(
      WriteCommand command,
      ItemStore store,
      @Nullable Map<String, AttributeValue> old,
      @Nullable LocalIndexes indexes) {
    Image before = old == null ? null : Image.decoded(old, ItemSize.ofAttributes(old));
    Decision decision = Decider.decide(command, before, indexes);
    return indexes == null
        ? decision.outcome()
        : rows(indexes, store).plan(command, before, decision).decision().outcome();
  }

  public static PageOutcome walk(PageRead read, ItemStore store) {
    return PageWalk.of(read, store);
  }
}
