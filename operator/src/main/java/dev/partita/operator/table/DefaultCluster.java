package dev.partita.operator.table;

import dev.partita.crds.AccessKey;
import dev.partita.crds.DynamoTable;
import dev.partita.crds.Partita;
import dev.partita.crds.StorageCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;

/// The cluster of a namespace whose tables name none.
final class DefaultCluster {

  private final KubernetesClient client;

  DefaultCluster(KubernetesClient client) {
    this.client = client;
  }

  /// Makes the cluster and its key; changes neither if it is there. The key comes first: whoever
  /// finds the cluster made finds the key made, and one that is deleted later is not made again.
  ///
  /// @return whether the cluster was made for this table
  boolean makeFor(DynamoTable table) {
    AccessKey key = new AccessKey();
    key.setMetadata(madeFor(table));
    StorageCluster cluster = new StorageCluster();
    cluster.setMetadata(madeFor(table));
    createIfAbsent(key);
    // There already: by somebody else, or by us, whose first request was answered too late and so
    // was sent again.
    return createIfAbsent(cluster) || isFor(table, cluster);
  }

  private boolean isFor(DynamoTable table, StorageCluster cluster) {
    StorageCluster there = client.resource(cluster).get();
    return there != null
        && table
            .getMetadata()
            .getName()
            .equals(there.getMetadata().getAnnotations().get(Annotations.MADE_FOR));
  }

  private static ObjectMeta madeFor(DynamoTable table) {
    return new ObjectMetaBuilder()
        .withNamespace(table.getMetadata().getNamespace())
        .withName(Partita.DEFAULT_CLUSTER)
        .addToAnnotations(Annotations.MADE_FOR, table.getMetadata().getName())
        .build();
  }

  private boolean createIfAbsent(HasMetadata object) {
    try {
      client.resource(object).create();
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        return false;
      }
      throw e;
    }
  }
}
