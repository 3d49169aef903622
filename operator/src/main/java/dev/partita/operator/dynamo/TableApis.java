package dev.partita.operator.dynamo;

import dev.partita.operator.pods.Connection;

/// Gives the API of a cluster.
public interface TableApis {

  /// @param cluster its name, with its namespace
  /// @param connection as it is now; another one than before replaces it
  TableApi of(String cluster, Connection connection);

  /// The cluster is gone.
  void forget(String cluster);
}
