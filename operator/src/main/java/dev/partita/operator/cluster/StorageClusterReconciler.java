package dev.partita.operator.cluster;

import dev.partita.crds.StorageCluster;
import dev.partita.crds.StorageClusterStatus;
import dev.partita.operator.Controllers;
import dev.partita.operator.Parts;
import dev.partita.operator.cluster.Actor.Acted;
import dev.partita.operator.cluster.objects.Names;
import dev.partita.operator.kube.Apply;
import dev.partita.operator.kube.Conditions;
import dev.partita.operator.kube.StatusPatch;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;

/// Looks after StorageClusters: observes, decides, acts, writes the status.
public final class StorageClusterReconciler implements Reconciler<StorageCluster> {

  private static final String NAME = "storagecluster";

  /// However quiet it is, everything is looked at again within this time.
  private static final Duration MAX_INTERVAL = Duration.ofMinutes(5);

  private static final Duration QUIET_AT_LEAST = Duration.ofMinutes(2);
  private static final Duration QUIET_AT_MOST = Duration.ofMinutes(4);
  private static final Duration RESTARTING = Duration.ofSeconds(2);
  private static final Duration WAITING = Duration.ofSeconds(5);

  private final Parts parts;
  private final Observer observer;
  private final Actor actor;

  public StorageClusterReconciler(Parts parts) {
    this.parts = parts;
    this.observer = new Observer(parts);
    this.actor = new Actor(parts);
  }

  /// Registers it with an operator.
  public static void register(Operator operator, Parts parts) {
    operator.register(
        new StorageClusterReconciler(parts),
        controller ->
            Controllers.watched(controller, parts.settings())
                .withName(NAME)
                .withFieldManager(Apply.FIELD_MANAGER)
                .withGenerationAware(false)
                .withOnUpdateFilter(StorageClusterReconciler::matters)
                .withReconciliationMaxInterval(MAX_INTERVAL));
  }

  /// Whether a change of a StorageCluster is one that somebody made: of its spec, or of an
  /// annotation that asks for something. Its status is written here.
  private static boolean matters(StorageCluster now, StorageCluster before) {
    return !Objects.equals(now.getMetadata().getGeneration(), before.getMetadata().getGeneration())
        || !Objects.equals(
            now.getMetadata().getDeletionTimestamp(), before.getMetadata().getDeletionTimestamp())
        || !requests(now).equals(requests(before));
  }

  private static Map<String, String> requests(StorageCluster cluster) {
    Map<String, String> requests = new TreeMap<>();
    Map<String, String> annotations = cluster.getMetadata().getAnnotations();
    if (annotations != null) {
      annotations.forEach(
          (name, value) -> {
            if (name.startsWith("partita.dev/")) {
              requests.put(name, value);
            }
          });
    }
    return requests;
  }

  @Override
  public List<EventSource<?, StorageCluster>> prepareEventSources(
      EventSourceContext<StorageCluster> context) {
    List<EventSource<?, StorageCluster>> sources = new ArrayList<>();
    Observer.OBJECTS.forEach(type -> sources.add(informer(type, context)));
    sources.add(informer(Pod.class, context));
    sources.add(informer(Secret.class, context));
    SimpleInboundEventSource<StorageCluster> reports =
        new SimpleInboundEventSource<>("pod-reports");
    parts.podReports().onChange(reports::propagateEvent);
    sources.add(reports);
    return sources;
  }

  private static <T extends HasMetadata> EventSource<?, StorageCluster> informer(
      Class<T> type, EventSourceContext<StorageCluster> context) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(type, StorageCluster.class)
            .withLabelSelector(Names.SELECTOR)
            .withSecondaryToPrimaryMapper(StorageClusterReconciler::clusterOf)
            .build(),
        context);
  }

  private static Set<ResourceID> clusterOf(HasMetadata object) {
    String cluster = object.getMetadata().getLabels().get(Names.INSTANCE_LABEL);
    return cluster == null
        ? Set.of()
        : Set.of(new ResourceID(cluster, object.getMetadata().getNamespace()));
  }

  @Override
  public UpdateControl<StorageCluster> reconcile(
      StorageCluster cluster, Context<StorageCluster> context) {
    if (cluster.getMetadata().getDeletionTimestamp() != null) {
      // What belongs to it goes by owner references, its data as the StatefulSet says.
      return UpdateControl.noUpdate();
    }
    parts.podReports().follow(cluster);
    Observation seen = observer.observe(cluster, context);
    PodsFile podsFile = Actor.podsFile(seen);
    Acted acted = actor.act(seen, podsFile, Restart.of(seen));
    StorageClusterStatus status = StatusOf.of(seen, acted);
    Transitions.tell(parts.events(), cluster, cluster.getStatus(), status);
    return status.equals(cluster.getStatus())
        ? UpdateControl.<StorageCluster>noUpdate().rescheduleAfter(next(seen, acted))
        : UpdateControl.patchStatus(patch(cluster, status)).rescheduleAfter(next(seen, acted));
  }

  @Override
  public ErrorStatusUpdateControl<StorageCluster> updateErrorStatus(
      StorageCluster cluster, Context<StorageCluster> context, Exception failure) {
    StorageClusterStatus before =
        Objects.requireNonNullElse(
            cluster.getStatus(),
            new StorageClusterStatus(null, null, null, null, null, List.of(), List.of()));
    String message = String.valueOf(failure.getMessage());
    Conditions conditions =
        new Conditions(
                before.conditions(), cluster.getMetadata().getGeneration(), parts.clock().instant())
            .isTrue(StatusOf.DEGRADED, "ReconcileFailed", message);
    StorageClusterStatus status =
        new StorageClusterStatus(
            before.observedGeneration(),
            before.endpoint(),
            before.region(),
            before.readyPods(),
            before.image(),
            before.pods(),
            conditions.all());
    return status.equals(before)
        ? ErrorStatusUpdateControl.defaultErrorProcessing()
        : ErrorStatusUpdateControl.patchStatus(patch(cluster, status));
  }

  private static StorageCluster patch(StorageCluster cluster, StorageClusterStatus status) {
    return StatusPatch.of(cluster, new StorageCluster(), status);
  }

  /// Events wake the reconcile up before that, but for what only time brings about. Clusters must
  /// not all be looked at in step.
  private static Duration next(Observation seen, Acted acted) {
    if (!(acted.restart() instanceof Restart.None)) {
      return RESTARTING;
    }
    boolean quiet =
        acted.settled()
            && acted.objects().isEmpty()
            && acted.certificates().isEmpty()
            && acted.podsFile() instanceof PodsFile.Complete
            && seen.pods().size() == seen.wanted().pods()
            && seen.pods().stream().allMatch(PodView::ready);
    return quiet
        ? Duration.ofMillis(
            ThreadLocalRandom.current()
                .nextLong(QUIET_AT_LEAST.toMillis(), QUIET_AT_MOST.toMillis()))
        : WAITING;
  }
}
