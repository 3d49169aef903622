package dev.partita.model.table;

import dev.partita.model.key.KeyRange;
import java.util.List;

/// Where one range of a table lives.
///
/// @param id unique in the cluster, also the id of its consensus group
/// @param version raised by every split; a higher version replaces overlapping ones
/// @param configVersion raised by every change of members
/// @param peers its replicas
public record PartitionDescriptor(
    long id, long tableId, KeyRange range, long version, long configVersion, List<Peer> peers) {
  public PartitionDescriptor {
    peers = List.copyOf(peers);
  }

  /// @param pod name of the pod
  /// @param replicaId unique within the partition for ever
  public record Peer(String pod, long replicaId) {}
}
