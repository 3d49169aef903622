package dev.partita.operator.table;

import dev.partita.crds.DynamoTable;
import dev.partita.crds.StorageCluster;
import dev.partita.operator.Controllers;
import dev.partita.operator.Parts;
import dev.partita.operator.dynamo.SdkTableApis;
import dev.partita.operator.dynamo.TableApis;
import dev.partita.operator.kube.Apply;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Looks after DynamoTables. Manages its finalizer itself, since only some resources need one, and
/// hears of every event for that.
@ControllerConfiguration(name = "dynamotable", triggerReconcilerOnAllEvents = true)
public final class TableReconciler implements Reconciler<DynamoTable> {

  /// Resources by `namespace/cluster`.
  private static final String BY_CLUSTER = "cluster";

  /// Resources by `namespace/cluster/table`.
  static final String BY_TABLE = "table";

  /// Retries of a turn that failed by an exception, most often because the API server was away.
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);

  private static final Duration LAST_RETRY = Duration.ofSeconds(30);
  private static final double RETRY_GROWTH = 2;

  private final TableWork work;
  private @Nullable InformerEventSource<StorageCluster, DynamoTable> clusters;

  TableReconciler(TableWork work) {
    this.work = work;
  }

  /// Registers the reconciler, with clients of its own that last as long as the process.
  public static void register(Operator operator, Parts parts) {
    register(operator, parts, new SdkTableApis(parts.clock()));
  }

  static void register(Operator operator, Parts parts, TableApis apis) {
    TableWork work =
        new TableWork(
            new Sites(parts.connections(), apis),
            new ReportedPartitions(parts.podReports()),
            parts.events(),
            parts.clock(),
            new Pace(RandomGenerator.getDefault()));
    operator.register(
        new TableReconciler(work),
        controller ->
            Controllers.watched(controller, parts.settings())
                .withFieldManager(Apply.FIELD_MANAGER)
                .withGenerationAware(false)
                .withOnUpdateFilter(Wakes::table)
                .withRetry(
                    new GenericRetry()
                        .withoutMaxAttempts()
                        .setInitialInterval(FIRST_RETRY.toMillis())
                        .setIntervalMultiplier(RETRY_GROWTH)
                        .setMaxInterval(LAST_RETRY.toMillis())));
  }

  @Override
  public List<EventSource<?, DynamoTable>> prepareEventSources(
      EventSourceContext<DynamoTable> context) {
    context.getPrimaryCache().addIndexer(BY_CLUSTER, table -> List.of(clusterKey(table)));
    context.getPrimaryCache().addIndexer(BY_TABLE, table -> List.of(tableKey(table)));
    clusters =
        new InformerEventSource<>(
            InformerEventSourceConfiguration.from(StorageCluster.class, DynamoTable.class)
                .withSecondaryToPrimaryMapper(
                    cluster ->
                        context
                            .getPrimaryCache()
                            .byIndex(
                                BY_CLUSTER,
                                key(
                                    cluster.getMetadata().getNamespace(),
                                    cluster.getMetadata().getName()))
                            .stream()
                            .map(ResourceID::fromResource)
                            .collect(Collectors.toSet()))
                .withPrimaryToSecondaryMapper(
                    (DynamoTable table) ->
                        Set.of(
                            new ResourceID(
                                ClusterNames.of(table.getSpec().clusterRef()),
                                table.getMetadata().getNamespace())))
                .withOnUpdateFilter(Wakes::cluster)
                .withNamespacesInheritedFromController()
                .build(),
            context);
    return List.of(clusters);
  }

  private static String clusterKey(DynamoTable table) {
    return key(table.getMetadata().getNamespace(), ClusterNames.of(table.getSpec().clusterRef()));
  }

  static String tableKey(DynamoTable table) {
    return key(clusterKey(table), TableWishes.tableName(table));
  }

  private static String key(String namespace, String name) {
    return namespace + "/" + name;
  }

  @Override
  public UpdateControl<DynamoTable> reconcile(DynamoTable table, Context<DynamoTable> context) {
    if (context.isPrimaryResourceDeleted()) {
      work.forget(table);
      return UpdateControl.noUpdate();
    }
    Surroundings around = new KubernetesSurroundings(context, Objects.requireNonNull(clusters));
    UpdateControl<DynamoTable> done = UpdateControl.noUpdate();
    if (table.isMarkedForDeletion()) {
      work.delete(table, around).ifPresent(done::rescheduleAfter);
    } else {
      done.rescheduleAfter(work.reconcile(table, around));
    }
    return done;
  }
}
