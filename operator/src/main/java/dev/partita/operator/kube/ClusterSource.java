package dev.partita.operator.kube;

import dev.partita.crds.ClusterRef;
import dev.partita.crds.Partita;
import dev.partita.crds.StorageCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The StorageClusters that resources of one kind name: finds the one of a resource, and wakes the
/// resources of one that changes.
public final class ClusterSource<P extends HasMetadata> {

  /// Resources by `namespace/cluster`.
  private static final String BY_CLUSTER = "cluster";

  private final EventSourceContext<P> context;
  private final InformerEventSource<StorageCluster, P> source;

  /// @param clusterName of the cluster that a resource names
  /// @param wakes which changes of a cluster are worth a turn of its resources
  /// @param gone hears of clusters that are deleted
  public ClusterSource(
      EventSourceContext<P> context,
      Function<P, String> clusterName,
      OnUpdateFilter<StorageCluster> wakes,
      Consumer<ResourceID> gone) {
    this.context = context;
    context
        .getPrimaryCache()
        .addIndexer(
            BY_CLUSTER, p -> List.of(key(p.getMetadata().getNamespace(), clusterName.apply(p))));
    this.source =
        new InformerEventSource<>(
            InformerEventSourceConfiguration.from(
                    StorageCluster.class, context.getPrimaryResourceClass())
                .withSecondaryToPrimaryMapper(
                    cluster -> dependents(ResourceID.fromResource(cluster)))
                .withPrimaryToSecondaryMapper(
                    (P p) ->
                        Set.of(
                            new ResourceID(clusterName.apply(p), p.getMetadata().getNamespace())))
                .withOnUpdateFilter(wakes)
                .withNamespacesInheritedFromController()
                .build(),
            context) {
          @Override
          public void onDelete(StorageCluster cluster, boolean finalStateUnknown) {
            super.onDelete(cluster, finalStateUnknown);
            gone.accept(ResourceID.fromResource(cluster));
          }
        };
  }

  /// Which StorageCluster a resource means.
  ///
  /// @param ref null for the namespace's default cluster
  public static String nameOf(@Nullable ClusterRef ref) {
    return ref == null ? Partita.DEFAULT_CLUSTER : ref.name();
  }

  /// `namespace/name`.
  public static String key(@Nullable String namespace, String name) {
    return namespace + "/" + name;
  }

  public EventSource<?, P> source() {
    return source;
  }

  /// @return null if there is none, as far as is known
  public @Nullable StorageCluster find(String namespace, String name) {
    return source.get(new ResourceID(name, namespace)).orElse(null);
  }

  /// The resources that name a cluster.
  public Set<ResourceID> dependents(ResourceID cluster) {
    return context
        .getPrimaryCache()
        .byIndex(BY_CLUSTER, key(cluster.getNamespace().orElse(""), cluster.getName()))
        .stream()
        .map(ResourceID::fromResource)
        .collect(Collectors.toSet());
  }
}
