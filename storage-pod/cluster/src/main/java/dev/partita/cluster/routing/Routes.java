package dev.partita.cluster.routing;

import dev.partita.cluster.PodAddress;
import dev.partita.model.key.PrimaryKey;
import dev.partita.model.key.RowKeys;
import dev.partita.model.table.PartitionDescriptor;
import dev.partita.model.table.PartitionDescriptor.Peer;
import dev.partita.model.table.TableRecord;
import dev.partita.model.value.Bytes;
import dev.partita.replication.Transport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Where requests go: the partition of a key, the pod that probably leads it, and the order in
/// which its pods are asked when any will do.
public final class Routes {
  private final String self;
  private final Transport peers;
  private final Map<String, String> zones = new HashMap<>();
  private final Map<Long, String> leaders = new ConcurrentHashMap<>();

  /// @param self name of this pod
  /// @param pods every pod of the cluster
  public Routes(String self, List<PodAddress> pods, Transport peers) {
    this.self = self;
    this.peers = peers;
    pods.forEach(pod -> zones.put(pod.name(), pod.zone()));
  }

  /// The partition of a table that holds a key: binary search over the ranges.
  static PartitionDescriptor partition(TableRecord table, PrimaryKey key) {
    List<PartitionDescriptor> partitions = table.partitions();
    if (partitions.size() == 1) {
      return partitions.getFirst();
    }
    return partition(table, RowKeys.item(table.id(), key));
  }

  /// The partition of a table that holds a row key.
  static PartitionDescriptor partition(TableRecord table, Bytes row) {
    List<PartitionDescriptor> partitions = table.partitions();
    int low = 0;
    int high = partitions.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (partitions.get(middle).range().from().compareTo(row) <= 0) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return partitions.get(low);
  }

  /// The partition of a table that holds what lies right below a row key.
  static PartitionDescriptor partitionBelow(TableRecord table, Bytes row) {
    List<PartitionDescriptor> partitions = table.partitions();
    PartitionDescriptor found = partition(table, row);
    int at = partitions.indexOf(found);
    return found.range().from().equals(row) && at > 0 ? partitions.get(at - 1) : found;
  }

  /// The pod that was last heard to lead a partition; null if unknown.
  public @Nullable String leader(long partitionId) {
    return leaders.get(partitionId);
  }

  /// Remembers, or with null forgets, who leads.
  void leader(long partitionId, @Nullable String pod) {
    if (pod == null) {
      leaders.remove(partitionId);
    } else if (leaders.size() < RoutingLimits.MAX_LEADER_HINTS
        || leaders.containsKey(partitionId)) {
      leaders.put(partitionId, pod);
    }
  }

  boolean isSelf(String pod) {
    return pod.equals(self);
  }

  boolean holds(PartitionDescriptor partition) {
    // On the way of every request: no stream.
    for (Peer peer : partition.peers()) {
      if (peer.pod().equals(self)) {
        return true;
      }
    }
    return false;
  }

  /// The pods that hold a partition, in the order of asking: this one, those of its zone, the
  /// others; reachable ones first.
  List<String> nearest(PartitionDescriptor partition) {
    String zone = zones.get(self);
    List<String> pods = new ArrayList<>();
    for (Peer peer : partition.peers()) {
      pods.add(peer.pod());
    }
    pods.sort(
        Comparator.comparing((String pod) -> !pod.equals(self))
            .thenComparing(pod -> !reachable(pod))
            .thenComparing(pod -> !Objects.equals(zones.get(pod), zone)));
    return pods;
  }

  boolean reachable(String pod) {
    return pod.equals(self) || peers.reachable(pod);
  }
}
