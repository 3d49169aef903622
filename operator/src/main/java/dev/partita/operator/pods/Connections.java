package dev.partita.operator.pods;

import dev.partita.crds.StorageCluster;

/// Finds the way to clusters.
public interface Connections {

  /// The way to a cluster, or why there is none yet. Cheap: asks the API server at most now and
  /// then.
  ///
  /// @param cluster as it was read last
  Found find(StorageCluster cluster);

  /// What was found.
  sealed interface Found {

    /// The cluster has an endpoint and keys; whether its pods answer now is another question.
    record Known(Connection connection) implements Found {}

    /// @param reason one word in UpperCamelCase, fit for a condition
    /// @param message a sentence for people
    record NotYet(String reason, String message) implements Found {}
  }
}
