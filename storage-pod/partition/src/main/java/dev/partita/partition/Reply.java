package dev.partita.partition;

import dev.partita.model.table.PartitionDescriptor;
import dev.partita.replication.Replica;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a partition's replica says to a router: the outcome, or where to ask instead. Where it is
/// not an {@link Answer}, the request had no effect here and never will: it may be asked again.
public sealed interface Reply<T> {

  record Answer<T>(T value) implements Reply<T> {}

  /// This replica does not lead.
  ///
  /// @param leader where leadership is believed to be; null if unknown
  record NotLeader<T>(@Nullable Replica leader) implements Reply<T> {}

  /// The item lies outside the range that this replica serves.
  ///
  /// @param newer what this replica knows about the ranges around its own
  record WrongRange<T>(List<PartitionDescriptor> newer) implements Reply<T> {
    public WrongRange {
      newer = List.copyOf(newer);
    }
  }
}
