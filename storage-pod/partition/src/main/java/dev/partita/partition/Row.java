package dev.partita.partition;

import dev.partita.model.item.TtlAttribute;
import dev.partita.model.value.Bytes;
import org.jspecify.annotations.Nullable;

/// A row that a round's entry changes, and what it becomes. Used by the lane alone.
abstract sealed class Row {

  final Bytes key;
  final Round round;

  /// Of its effect in the entry.
  final int number;

  private Row(Bytes key, Round round, int number) {
    this.key = key;
    this.round = round;
    this.number = number;
  }

  abstract Effect effect();

  /// What the row takes in the entry, approximately: it is encoded only when nothing can change it
  /// any more.
  abstract int bytes();

  /// When the item expired as the round found it, in seconds since 1970, or `NEVER`.
  long oldExpiry() {
    return TtlAttribute.NEVER;
  }

  /// An item, or its entry in a local index; null where it goes.
  static final class OfImage extends Row {

    /// In place of an index's number.
    static final int ITEM = -1;

    final int index;
    final int oldSize;
    private final long oldExpiry;
    @Nullable Image image;

    /// @param index number of the local index, `ITEM` for the item itself
    /// @param oldExpiry as `oldExpiry` gives it
    OfImage(
        Bytes key,
        Round round,
        int number,
        int index,
        int oldSize,
        long oldExpiry,
        @Nullable Image image) {
      super(key, round, number);
      this.index = index;
      this.oldSize = oldSize;
      this.oldExpiry = oldExpiry;
      this.image = image;
    }

    @Override
    Effect effect() {
      Image now = image;
      if (index == ITEM) {
        return now == null
            ? new Effect.Delete(key, oldSize)
            : new Effect.Put(key, oldSize, now.size(), now.body());
      }
      return now == null
          ? new Effect.DeleteEntry(key, index, oldSize)
          : new Effect.PutEntry(key, index, oldSize, now.size(), now.body());
    }

    @Override
    long oldExpiry() {
      return oldExpiry;
    }

    @Override
    int bytes() {
      Image now = image;
      int effects = oldExpiry == TtlAttribute.NEVER ? 1 : 2;
      return effects * (key.length() + EffectsEntry.EFFECT_OVERHEAD_BYTES)
          + (now == null ? 0 : now.encodedBytes());
    }
  }

  /// The record of an item collection.
  static final class OfCollection extends Row {
    ItemCollection collection;

    OfCollection(Bytes key, Round round, int number, ItemCollection collection) {
      super(key, round, number);
      this.collection = collection;
    }

    @Override
    Effect effect() {
      return new Effect.SetCollection(key, collection);
    }

    @Override
    int bytes() {
      return key.length() + EffectsEntry.EFFECT_OVERHEAD_BYTES;
    }
  }
}
