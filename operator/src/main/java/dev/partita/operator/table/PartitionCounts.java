package dev.partita.operator.table;

import dev.partita.crds.StorageCluster;
import org.jspecify.annotations.Nullable;

/// How many partitions tables have.
@FunctionalInterface
interface PartitionCounts {

  /// @return null while no pod has said
  @Nullable Integer of(StorageCluster cluster, String table);
}
