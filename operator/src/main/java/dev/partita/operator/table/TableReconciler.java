package dev.partita.operator.table;

import dev.partita.crds.DynamoTable;
import dev.partita.operator.Controllers;
import dev.partita.operator.Parts;
import dev.partita.operator.dynamo.SdkTableApis;
import dev.partita.operator.dynamo.TableApis;
import dev.partita.operator.kube.Apply;
import dev.partita.operator.kube.ClusterSource;
import dev.partita.operator.kube.MadeAnew;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Looks after DynamoTables. Manages its finalizer itself, since only some resources need one, and
/// hears of every event for that.
@ControllerConfiguration(name = "dynamotable", triggerReconcilerOnAllEvents = true)
public final class TableReconciler implements Reconciler<DynamoTable> {

  /// Resources by `namespace/cluster/table`.
  static final String BY_TABLE = "table";

  private final TableWork work;
  private final TableApis apis;
  private @Nullable ClusterSource<DynamoTable> clusters;

  private TableReconciler(TableWork work, TableApis apis) {
    this.work = work;
    this.apis = apis;
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
        new TableReconciler(work, apis),
        controller ->
            Controllers.watched(controller, parts.settings())
                .withFieldManager(Apply.FIELD_MANAGER)
                .withGenerationAware(false)
                .withOnUpdateFilter(Wakes::table));
  }

  @Override
  public List<EventSource<?, DynamoTable>> prepareEventSources(
      EventSourceContext<DynamoTable> context) {
    context.getPrimaryCache().addIndexer(BY_TABLE, table -> List.of(tableKey(table)));
    clusters =
        new ClusterSource<>(
            context,
            TableReconciler::cluster,
            Wakes::cluster,
            gone -> apis.forget(ClusterSource.key(gone.getNamespace().orElse(""), gone.getName())));
    return List.of(clusters.source(), new MadeAnew<>(context));
  }

  private static String cluster(DynamoTable table) {
    return ClusterSource.nameOf(table.getSpec().clusterRef());
  }

  static String tableKey(DynamoTable table) {
    return ClusterSource.key(table.getMetadata().getNamespace(), cluster(table))
        + "/"
        + TableWishes.tableName(table);
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
