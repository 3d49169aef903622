package dev.partita.operator.table;

import dev.partita.crds.DynamoTable;
import dev.partita.crds.DynamoTableStatus;
import dev.partita.crds.StorageCluster;
import dev.partita.operator.kube.ClusterSource;
import dev.partita.operator.kube.StatusPatch;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.PrimaryUpdateAndCacheUtils;
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

  @Override
  public boolean makeDefaultCluster(DynamoTable table) {
    return new DefaultCluster(context.getClient()).makeFor(table);
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
