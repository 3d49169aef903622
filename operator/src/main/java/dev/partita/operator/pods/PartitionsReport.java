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
@JsonIgnoreProperties(ignoreUnknown = true)
public record PartitionsReport(
    String pod,
    @Nullable String catalogLeader,
    long catalogApplied,
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

  /// @param applied log index up to which it is applied
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Replica(@Nullable String role, long term, long applied, long items, long bytes) {}
}
