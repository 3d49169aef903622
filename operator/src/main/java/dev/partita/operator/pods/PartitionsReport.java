package dev.partita.operator.pods;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a storage pod knows of the cluster, at `GET /partitions` of its admin port. Every pod knows
/// about all partitions; `here` is only its own replica.
///
/// @param pod who says so
/// @param catalogLeader the pod that leads the catalog's group; null while nobody does
/// @param catalogApplied log index up to which this pod has applied the catalog
/// @param catalog this pod's replica of the catalog; null until it takes part
@JsonIgnoreProperties(ignoreUnknown = true)
public record PartitionsReport(
    String pod,
    @Nullable String catalogLeader,
    long catalogApplied,
    @Nullable Replica catalog,
    List<Sibling> pods,
    List<Partition> partitions) {

  @SuppressWarnings("RedundantNullCheck")
  public PartitionsReport {
    pods = pods == null ? List.of() : List.copyOf(pods);
    partitions = partitions == null ? List.of() : List.copyOf(partitions);
  }

  /// @param reachable whether the reporting pod hears it
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Sibling(String name, @Nullable String zone, boolean reachable) {}

  /// @param leader the pod that leads it, as far as the reporting pod knows
  /// @param here the reporting pod's replica; null if it has none
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Partition(
      @Nullable String table,
      long id,
      List<Peer> peers,
      @Nullable String leader,
      @Nullable Replica here) {

    @SuppressWarnings("RedundantNullCheck")
    public Partition {
      peers = peers == null ? List.of() : List.copyOf(peers);
    }
  }

  /// @param pod that holds the replica
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Peer(String pod, long replicaId) {}

  /// One replica, as the pod that holds it sees it.
  ///
  /// @param role `LEADER`, `FOLLOWER`, `CANDIDATE`, `STOPPED` or `OPENING`
  /// @param applied log index up to which it is applied
  /// @param followers the other replicas; known where this one leads
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Replica(@Nullable String role, long term, long applied, List<Follower> followers) {

    @SuppressWarnings("RedundantNullCheck")
    public Replica {
      followers = followers == null ? List.of() : List.copyOf(followers);
    }

    public boolean leads() {
      return "LEADER".equals(role);
    }
  }

  /// @param behind log entries that it is not known to have on disk
  /// @param caughtUp whether it was heard of just now and is hardly behind
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Follower(String pod, long behind, boolean caughtUp) {}
}
