package dev.partita.partition;

import dev.partita.model.command.WriteOutcome;
import org.jspecify.annotations.Nullable;

/// What shall become of an item, and what its client is to hear once that is certain.
sealed interface Decision {

  WriteOutcome outcome();

  /// Nothing changes, nothing is logged.
  record Keep(WriteOutcome outcome) implements Decision {}

  /// The item becomes `image`, or goes where that is null.
  record Change(@Nullable Image image, WriteOutcome outcome) implements Decision {}
}
