package dev.partita.operator.table;

import dev.partita.crds.AccessKey;
import dev.partita.crds.DynamoTable;
import dev.partita.crds.DynamoTableStatus;
import dev.partita.crds.Partita;
import dev.partita.crds.StorageCluster;
import dev.partita.operator.kube.ClusterSource;
import dev.partita.operator.kube.StatusPatch;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.PrimaryUpdateAndCacheUtils;
import java.net.HttpURLConnection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The API server, and the caches of its resources.
final class KubernetesSurroundings implements Surroundings {

  private final Context<DynamoTable> context;
  private final ClusterSource<DynamoTable> clusters;

  KubernetesSurroundings(Context<DynamoTable> context, ClusterSource<DynamoTable> clusters) {
    this.context = context;
    this.clusters = clusters;
  }

  @Override
  public @Nullable StorageCluster cluster(String namespace, String name) {
    return clusters.find(namespace, name);
  }

  /// The key comes first: whoever finds the cluster made finds the key made, and one that is
  /// deleted later is not made again.
  @Override
  public boolean makeDefaultCluster(String namespace) {
    AccessKey key = new AccessKey();
    key.setMetadata(named(namespace));
    StorageCluster cluster = new StorageCluster();
    cluster.setMetadata(named(namespace));
    createIfAbsent(key);
    return createIfAbsent(cluster);
  }

  private static ObjectMeta named(String namespace) {
    return new ObjectMetaBuilder()
        .withNamespace(namespace)
        .withName(Partita.DEFAULT_CLUSTER)
        .build();
  }

  private boolean createIfAbsent(HasMetadata object) {
    try {
      context.getClient().resource(object).create();
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public List<DynamoTable> namesakes(DynamoTable resource) {
    return context
        .getPrimaryCache()
        .byIndex(TableReconciler.BY_TABLE, TableReconciler.tableKey(resource));
  }

  @Override
  public DynamoTable writeStatus(DynamoTable resource, DynamoTableStatus status) {
    return StatusPatch.write(resource, new DynamoTable(), status, context);
  }

  @Override
  public DynamoTable addFinalizer(DynamoTable resource) {
    return PrimaryUpdateAndCacheUtils.addFinalizer(context.getClient(), resource, Finalizer.NAME);
  }

  @Override
  public DynamoTable removeFinalizer(DynamoTable resource) {
    return PrimaryUpdateAndCacheUtils.removeFinalizer(
        context.getClient(), resource, Finalizer.NAME);
  }
}
