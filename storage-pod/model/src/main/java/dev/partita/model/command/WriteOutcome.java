package dev.partita.model.command;

import dev.partita.model.value.Bytes;
import org.jspecify.annotations.Nullable;

/// What the partition decided about a {@link WriteCommand}. Sizes are in DynamoDB bytes, 0 for an
/// item that is not there; capacity units follow from them.
public sealed interface WriteOutcome {

  /// The write is durable on a quorum.
  ///
  /// @param attributes what `ReturnValues` asks for, as an encoded attribute map; null for nothing
  record Written(@Nullable Bytes attributes, int oldSize, int newSize) implements WriteOutcome {}

  /// The condition is false; nothing changed.
  ///
  /// @param oldItem the item as an encoded attribute map, if it was asked for and exists
  record ConditionFailed(@Nullable Bytes oldItem, int oldSize) implements WriteOutcome {}

  /// The item's present image makes the request invalid; nothing changed.
  ///
  /// @param message text of the ValidationException
  record Invalid(String message) implements WriteOutcome {}

  /// No answer from a leader in time, or too much in flight. SDKs retry.
  ///
  /// @param indeterminate whether the write may yet come to be applied
  record Unavailable(String reason, boolean indeterminate) implements WriteOutcome {}
}
