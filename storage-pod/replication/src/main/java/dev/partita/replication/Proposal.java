package dev.partita.replication;

import org.jspecify.annotations.Nullable;

/// What became of a proposed entry.
public sealed interface Proposal {

  /// Committed on a quorum's disks and applied here.
  ///
  /// @param index its log index
  /// @param result what {@link StateMachine#apply} returned
  record Applied(long index, @Nullable Object result) implements Proposal {}

  /// It has no effect and never will: this replica does not lead, or the epoch is over.
  ///
  /// @param leader where leadership is believed to be; null if unknown
  record NotLeader(@Nullable Replica leader) implements Proposal {}

  /// Too much is in flight, or the disk is full; it has no effect and never will.
  record Refused(String reason) implements Proposal {}

  /// Leadership was lost with the entry in flight: it may still come to be applied, or not.
  record Unknown() implements Proposal {}
}
