package dev.partita.operator.table;

import dev.partita.crds.ClusterRef;
import dev.partita.crds.Partita;
import org.jspecify.annotations.Nullable;

/// Which StorageCluster a resource means.
public final class ClusterNames {

  private ClusterNames() {}

  /// @param ref null for the namespace's default cluster
  public static String of(@Nullable ClusterRef ref) {
    return ref == null ? Partita.DEFAULT_CLUSTER : ref.name();
  }
}
