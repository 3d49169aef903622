package dev.partita.cluster;

import dev.partita.model.table.PartitionDescriptor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one pod knows of its cluster.
///
/// @param pod the pod that made this report
/// @param catalogLeader name of the pod that leads the catalog; null if unknown
/// @param catalogApplied log index up to which this pod's copy of the catalog goes
/// @param catalog this pod's copy of the catalog as a replica; null until it takes part
/// @param pods every pod of the cluster, this one too, in the order of the configuration
/// @param partitions every partition of every table, by table name, then in range order
public record ClusterReport(
    String pod,
    @Nullable String catalogLeader,
    long catalogApplied,
    @Nullable CatalogView catalog,
    List<PodReport> pods,
    List<PartitionView> partitions) {
  public ClusterReport {
    pods = List.copyOf(pods);
    partitions = List.copyOf(partitions);
  }

  /// @param reachable whether a connection to the pod stands; true for this pod itself
  public record PodReport(String name, String zone, boolean reachable) {}

  /// @param table name of the table
  /// @param leader pod that leads it as far as is known here; null if unknown
  /// @param here this pod's own replica; null where it has none
  public record PartitionView(
      String table,
      PartitionDescriptor descriptor,
      @Nullable String leader,
      @Nullable ReplicaView here) {}

  /// @param role `LEADER`, `FOLLOWER`, `CANDIDATE`, `STOPPED` or `OPENING`
  /// @param term consensus term
  /// @param applied log index of the last applied entry
  /// @param items number of items
  /// @param bytes their size in DynamoDB bytes
  /// @param followers where this replica leads, all others
  public record ReplicaView(
      String role, long term, long applied, long items, long bytes, List<FollowerView> followers) {
    public ReplicaView {
      followers = List.copyOf(followers);
    }
  }

  /// @param role as in {@link ReplicaView}
  /// @param followers where this pod leads the catalog, all others
  public record CatalogView(String role, long term, long applied, List<FollowerView> followers) {
    public CatalogView {
      followers = List.copyOf(followers);
    }
  }

  /// A follower as its leader sees it, a heartbeat ago at most.
  ///
  /// @param behind log entries that it is not known to have on disk
  /// @param caughtUp whether it was heard a moment ago and is hardly behind: with it and the leader
  ///   alone, writes go on
  public record FollowerView(String pod, long behind, boolean caughtUp) {}
}
