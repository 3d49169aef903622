package dev.partita.crds;

import com.fasterxml.jackson.annotation.JsonProperty;

/// How many storage pods there are, and how strictly they are spread. Absent means [#THREE_ZONES].
public enum Topology {
  /// Three pods in three zones; a pod that finds no zone of its own stays pending.
  @JsonProperty("ThreeZones")
  THREE_ZONES(3),
  /// Three pods, spread as well as the nodes allow: the loss of one zone may stop the cluster.
  @JsonProperty("SharedZones")
  SHARED_ZONES(3),
  /// One pod and one copy of everything.
  @JsonProperty("SingleReplica")
  SINGLE_REPLICA(1);

  private final int pods;

  Topology(int pods) {
    this.pods = pods;
  }

  public int pods() {
    return pods;
  }
}
