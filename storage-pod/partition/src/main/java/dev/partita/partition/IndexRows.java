package dev.partita.partition;

import dev.partita.engine.ItemReader;
import dev.partita.model.capacity.CapacityUnits;
import dev.partita.model.command.WriteCommand;
import dev.partita.model.command.WriteOutcome;
import dev.partita.model.error.ItemTexts;
import dev.partita.model.index.LocalIndexes;
import dev.partita.model.key.PrimaryKey;
import dev.partita.model.key.RowKeys;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.Bytes;
import dev.partita.model.value.ItemSize;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rows beside an item on a table with local indexes: its entries, and the record of its
/// collection. They change in the log entry that changes the item, so at every position of the log
/// they are what the items say.
///
/// An item's present entries are not read: they follow from its present image. Only what differs
/// afterwards is written.
final class IndexRows {

  private final LocalIndexes indexes;
  private final ItemReader store;
  private final Map<Bytes, Row> overlay;
  private final long maxCollectionBytes;

  /// @param store where applied rows are read
  /// @param overlay the lane's: rows of entries in flight
  /// @param maxCollectionBytes what a collection may grow to, in DynamoDB bytes
  IndexRows(
      LocalIndexes indexes, ItemReader store, Map<Bytes, Row> overlay, long maxCollectionBytes) {
    this.indexes = indexes;
    this.store = store;
    this.overlay = overlay;
    this.maxCollectionBytes = maxCollectionBytes;
  }

  LocalIndexes indexes() {
    return indexes;
  }

  /// What a decision means beside the item.
  ///
  /// @param decision with the units of the indexes in its outcome; another one where the rows
  ///   beside the item do not allow the change
  /// @param collectionKey row key of the collection's record
  /// @param looked the record as an entry in flight or this round leaves it, if one does
  /// @param entries those that change; none where nothing does
  /// @param collection after the decision
  record Beside(
      Decision decision,
      Bytes collectionKey,
      @Nullable Row looked,
      List<EntryChange> entries,
      ItemCollection collection) {}

  /// @param rowKey of the entry
  /// @param index the index's number
  /// @param oldSize 0 where there was none
  /// @param image null where it goes
  record EntryChange(Bytes rowKey, int index, int oldSize, @Nullable Image image) {}

  /// Changes nothing yet; reads the collection's record.
  ///
  /// @param before the item as the command finds it; null for none
  Beside plan(WriteCommand command, @Nullable Image before, Decision decision) {
    Bytes key = RowKeys.collection(command.tableId(), command.key().hash());
    Row looked = overlay.get(key);
    ItemCollection collection =
        looked instanceof Row.OfCollection row
            ? row.collection
            : ItemCollection.ofStored(store.get(key.unsafeArray()));
    return switch (decision) {
      case Decision.Keep(WriteOutcome outcome) -> {
        List<Integer> none = Collections.nCopies(indexes.count(), 0);
        yield new Beside(
            new Decision.Keep(with(outcome, none, collection)), key, looked, List.of(), collection);
      }
      case Decision.Change change -> {
        Plan plan = new Plan(command, before, change.image());
        yield new Beside(
            plan.decide(change, collection), key, looked, plan.changes, plan.after(collection));
      }
    };
  }

  /// Adds what was planned to the round that changes the item.
  void change(Round round, Beside beside) {
    for (EntryChange entry : beside.entries()) {
      if (overlay.get(entry.rowKey()) instanceof Row.OfImage row && row.round == round) {
        round.changeAgain(row, entry.image());
      } else {
        overlay.put(
            entry.rowKey(),
            round.changeEntry(entry.rowKey(), entry.index(), entry.oldSize(), entry.image()));
      }
    }
    if (beside.looked() instanceof Row.OfCollection row && row.round == round) {
      row.collection = beside.collection();
    } else {
      overlay.put(
          beside.collectionKey(),
          round.changeCollection(beside.collectionKey(), beside.collection()));
    }
  }

  private static WriteOutcome with(
      WriteOutcome outcome, List<Integer> units, ItemCollection collection) {
    return outcome instanceof WriteOutcome.Written written
        ? written.with(new WriteOutcome.IndexWrites(units, collection.bytes()))
        : outcome;
  }

  /// One change of an item, seen from its indexes.
  private final class Plan {
    final List<EntryChange> changes = new ArrayList<>();
    final Integer[] units = new Integer[indexes.count()];
    final WriteCommand command;
    final @Nullable Image before;
    final @Nullable Image after;
    int oldEntryBytes;
    int newEntryBytes;

    Plan(WriteCommand command, @Nullable Image before, @Nullable Image after) {
      this.command = command;
      this.before = before;
      this.after = after;
      for (int number = 0; number < units.length; number++) {
        Image had = entry(number, before);
        Image has = entry(number, after);
        oldEntryBytes += sizeOf(had);
        newEntryBytes += sizeOf(has);
        units[number] = change(number, had, has);
      }
    }

    /// The entry of an item; null where it has none.
    private @Nullable Image entry(int number, @Nullable Image item) {
      if (item == null || indexes.sort(number, item.attributes()) == null) {
        return null;
      }
      if (indexes.projectsAll(number)) {
        return item;
      }
      Map<String, AttributeValue> projected = indexes.project(number, item.attributes());
      return Image.decoded(projected, ItemSize.ofAttributes(projected));
    }

    /// @return write units that it takes
    private int change(int number, @Nullable Image had, @Nullable Image has) {
      if (had == null) {
        return has == null ? 0 : comes(number, has);
      }
      if (has == null) {
        return goes(number, had);
      }
      if (!rowKey(number, had).equals(rowKey(number, has))) {
        return goes(number, had) + comes(number, has);
      }
      if (had.attributes().equals(has.attributes())) {
        return 0;
      }
      changes.add(new EntryChange(rowKey(number, has), number, had.size(), has));
      return units(Math.max(had.size(), has.size()));
    }

    private int comes(int number, Image entry) {
      changes.add(new EntryChange(rowKey(number, entry), number, 0, entry));
      return units(entry.size());
    }

    private int goes(int number, Image entry) {
      changes.add(new EntryChange(rowKey(number, entry), number, entry.size(), null));
      return units(entry.size());
    }

    private Bytes rowKey(int number, Image entry) {
      AttributeValue sort = indexes.sort(number, entry.attributes());
      if (sort == null) {
        throw new IllegalStateException("an entry without its key");
      }
      PrimaryKey key = command.key();
      return RowKeys.localIndexEntry(command.tableId(), key, number, sort);
    }

    ItemCollection after(ItemCollection collection) {
      return collection.plus(
          (long) sizeOf(after) - sizeOf(before), (long) newEntryBytes - oldEntryBytes);
    }

    Decision decide(Decision.Change change, ItemCollection collection) {
      if ((long) sizeOf(after) + newEntryBytes > ItemSize.MAX_ITEM_BYTES) {
        return new Decision.Keep(
            new WriteOutcome.Invalid(
                command instanceof WriteCommand.Put
                    ? ItemTexts.TOO_LARGE
                    : ItemTexts.TOO_LARGE_TO_UPDATE));
      }
      ItemCollection grown = after(collection);
      if (grown.bytes() > maxCollectionBytes && grown.bytes() > collection.bytes()) {
        return new Decision.Keep(WriteOutcome.CollectionFull.INSTANCE);
      }
      return new Decision.Change(
          change.image(), with(change.outcome(), Arrays.asList(units), grown));
    }
  }

  private static int units(int bytes) {
    return Math.ceilDiv(bytes, CapacityUnits.WRITE_UNIT_BYTES);
  }

  private static int sizeOf(@Nullable Image image) {
    return image == null ? 0 : image.size();
  }
}
