package dev.partita.operator.table;

import dev.partita.crds.DynamoTable;
import dev.partita.crds.StorageCluster;
import dev.partita.crds.StorageClusterStatus;
import dev.partita.operator.kube.Conditions;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Which changes of resources are worth a turn. Own status writes are not.
final class Wakes {

  private Wakes() {}

  static boolean table(DynamoTable now, DynamoTable before) {
    return !Objects.equals(now.getMetadata().getGeneration(), before.getMetadata().getGeneration())
        || !Objects.equals(
            now.getMetadata().getAnnotations(), before.getMetadata().getAnnotations())
        || now.isMarkedForDeletion() != before.isMarkedForDeletion();
  }

  /// A cluster that can be reached now, or in another way than before.
  static boolean cluster(StorageCluster now, StorageCluster before) {
    return now.isMarkedForDeletion() != before.isMarkedForDeletion()
        || !Objects.equals(endpoint(now), endpoint(before))
        || holds(now, "Available") != holds(before, "Available")
        || holds(now, "Ready") != holds(before, "Ready");
  }

  private static @Nullable String endpoint(StorageCluster cluster) {
    StorageClusterStatus status = cluster.getStatus();
    return status == null ? null : status.endpoint();
  }

  private static boolean holds(StorageCluster cluster, String type) {
    StorageClusterStatus status = cluster.getStatus();
    return status != null && Conditions.holds(status.conditions(), type);
  }
}
