package dev.partita.operator.table;

import dev.partita.crds.StorageCluster;
import dev.partita.operator.dynamo.TableApi;

/// Where the table of a resource is.
sealed interface Site {

  /// There is no such StorageCluster.
  record Absent(String cluster) implements Site {}

  /// There is one, without a way to it yet.
  record NotYet(String cluster, String reason, String message) implements Site {}

  /// @param endpoint URL of the API
  record Reachable(StorageCluster cluster, String endpoint, TableApi api) implements Site {

    String name() {
      return cluster.getMetadata().getName();
    }
  }
}
