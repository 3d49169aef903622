package dev.partita.operator.accesskey;

import dev.partita.crds.AccessKey;
import dev.partita.operator.Controllers;
import dev.partita.operator.Parts;
import dev.partita.operator.cluster.objects.Names;
import dev.partita.operator.kube.Apply;
import dev.partita.operator.kube.ClusterSource;
import dev.partita.operator.kube.MadeAnew;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Looks after AccessKeys. Hears of every event, since it has to know of keys that are gone without
/// a finalizer.
@ControllerConfiguration(name = "accesskey", triggerReconcilerOnAllEvents = true)
public final class AccessKeyReconciler implements Reconciler<AccessKey> {

  private final AccessKeyWork work;
  private final OrphanedKeys orphans;
  private final Parts parts;
  private @Nullable ClusterSource<AccessKey> clusters;

  private AccessKeyReconciler(AccessKeyWork work, OrphanedKeys orphans, Parts parts) {
    this.work = work;
    this.orphans = orphans;
    this.parts = parts;
  }

  /// Registers the reconciler.
  public static void register(Operator operator, Parts parts) {
    AccessKeyWork work =
        new AccessKeyWork(
            parts.connections(),
            parts.podReports(),
            parts.events(),
            parts.clock(),
            new NewKeys(new SecureRandom()));
    operator.register(
        new AccessKeyReconciler(work, new OrphanedKeys(parts.client()), parts),
        controller ->
            Controllers.watched(controller, parts.settings())
                .withFieldManager(Apply.FIELD_MANAGER));
  }

  @Override
  public List<EventSource<?, AccessKey>> prepareEventSources(
      EventSourceContext<AccessKey> context) {
    ClusterSource<AccessKey> byCluster =
        new ClusterSource<>(context, KeyNames::cluster, (_, _) -> true, _ -> {});
    clusters = byCluster;
    EventSource<?, AccessKey> secrets =
        new WatchedSecrets(
            InformerEventSourceConfiguration.from(Secret.class, AccessKey.class)
                .withLabelSelector(Names.MANAGED_BY_LABEL + "=" + Names.MANAGED_BY)
                .withSecondaryToPrimaryMapper(secret -> ofSecret(byCluster, secret))
                .withPrimaryToSecondaryMapper((AccessKey _) -> Set.of())
                .withNamespacesInheritedFromController()
                .build(),
            context,
            orphans);
    SimpleInboundEventSource<AccessKey> pods = new SimpleInboundEventSource<>("pods");
    parts
        .podReports()
        .onChange(cluster -> byCluster.dependents(cluster).forEach(pods::propagateEvent));
    return List.of(byCluster.source(), secrets, pods, new MadeAnew<>(context));
  }

  /// The user's Secret belongs to one AccessKey, the pods' Secret to all of the cluster.
  private static Set<ResourceID> ofSecret(ClusterSource<AccessKey> clusters, Secret secret) {
    String namespace = secret.getMetadata().getNamespace();
    String key = secret.getMetadata().getLabels().get(KeyNames.KEY_LABEL);
    if (key != null) {
      return Set.of(new ResourceID(key, namespace));
    }
    String cluster = KeyNames.clusterOfPodsSecret(secret);
    return cluster == null ? Set.of() : clusters.dependents(new ResourceID(cluster, namespace));
  }

  @Override
  public UpdateControl<AccessKey> reconcile(AccessKey key, Context<AccessKey> context) {
    if (context.isPrimaryResourceDeleted()) {
      orphans.drop(key.getMetadata().getNamespace(), KeyNames.cluster(key));
      return UpdateControl.noUpdate();
    }
    UpdateControl<AccessKey> done = UpdateControl.noUpdate();
    return key.isMarkedForDeletion()
        ? done
        : done.rescheduleAfter(
            work.reconcile(
                key,
                new KubernetesKeyStore(context, Objects.requireNonNull(clusters), parts.apply())));
  }
}
