package dev.partita.model.command;

import dev.partita.model.value.Bytes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the partition decided about a {@link WriteCommand}. Sizes are in DynamoDB bytes, 0 for an
/// item that is not there; capacity units follow from them.
public sealed interface WriteOutcome {

  /// The write is durable on a quorum.
  ///
  /// @param attributes what `ReturnValues` asks for, as an encoded attribute map; null for nothing
  /// @param indexes what it came to beside the item; null on a table without local indexes
  record Written(
      @Nullable Bytes attributes, int oldSize, int newSize, @Nullable IndexWrites indexes)
      implements WriteOutcome {

    /// On a table without local indexes.
    public Written(@Nullable Bytes attributes, int oldSize, int newSize) {
      this(attributes, oldSize, newSize, null);
    }

    public Written with(IndexWrites wrote) {
      return new Written(attributes, oldSize, newSize, wrote);
    }
  }

  /// What a write did to a table's local indexes.
  ///
  /// @param units write units by the index's number; 0 where nothing changed
  /// @param collectionBytes of all items with this partition key and their index entries after it
  record IndexWrites(List<Integer> units, long collectionBytes) {
    public IndexWrites {
      units = List.copyOf(units);
    }
  }

  /// The condition is false; nothing changed.
  ///
  /// @param oldItem the item as an encoded attribute map, if it was asked for and exists
  /// @param oldSize DynamoDB bytes of the item, 0 for none: what the attempt is charged by. No
  ///   answer has a member for it
  record ConditionFailed(@Nullable Bytes oldItem, int oldSize) implements WriteOutcome {}

  /// The items of this partition key, with their index entries, would take more than they may;
  /// nothing changed.
  record CollectionFull() implements WriteOutcome {
    public static final CollectionFull INSTANCE = new CollectionFull();
  }

  /// The item's present image makes the request invalid; nothing changed.
  ///
  /// @param message text of the ValidationException
  record Invalid(String message) implements WriteOutcome {}

  /// No answer from a leader in time, or too much in flight. SDKs retry.
  ///
  /// @param indeterminate whether the write may yet come to be applied
  record Unavailable(String reason, boolean indeterminate) implements WriteOutcome {}
}
