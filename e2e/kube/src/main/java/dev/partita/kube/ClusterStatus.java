package dev.partita.kube;

import java.util.List;

/// What is known of a cluster.
///
/// @param state how far it is
/// @param what it runs on, in words
/// @param api whether the API server answers
/// @param nodes empty where the API server does not answer
public record ClusterStatus(State state, String what, boolean api, List<Node> nodes) {

  public ClusterStatus {
    nodes = List.copyOf(nodes);
  }

  /// How far a cluster is.
  public enum State {
    /// There is nothing.
    ABSENT,
    /// Some of it is there: an `up` was not finished, or it is at work just now.
    UNFINISHED,
    UP
  }

  /// @param ready as the node's condition says, which lags behind a lost node by its grace period
  /// @param note what was done to its zone, or empty
  public record Node(String name, String zone, boolean ready, String note) {}

  public static ClusterStatus absent(String what) {
    return new ClusterStatus(State.ABSENT, what, false, List.of());
  }
}
