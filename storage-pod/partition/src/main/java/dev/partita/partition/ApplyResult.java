package dev.partita.partition;

import dev.partita.model.table.PartitionDescriptor;
import java.util.BitSet;

/// What applying an entry says to its proposer.
sealed interface ApplyResult {

  /// Every effect is in the rows.
  record Done() implements ApplyResult {
    static final Done INSTANCE = new Done();
  }

  /// Some effects lie outside the range that the partition has by now; they did nothing, the others
  /// are in the rows.
  ///
  /// @param outside numbers of those effects in the entry
  /// @param present the range that the partition has
  record Narrowed(BitSet outside, PartitionDescriptor present) implements ApplyResult {}

  /// The entry did nothing: one before it never came.
  record OutOfTurn() implements ApplyResult {
    static final OutOfTurn INSTANCE = new OutOfTurn();
  }
}
