package dev.partita.cluster;

import dev.partita.partition.ReplicaChecksum;

/// What asking for a checksum came to.
public sealed interface ChecksumOutcome {

  record Summed(ReplicaChecksum checksum) implements ChecksumOutcome {}

  /// The partition has no open replica on this pod.
  record NoReplica() implements ChecksumOutcome {}

  /// Another sum is being taken; ask again later.
  record Busy() implements ChecksumOutcome {}
}
