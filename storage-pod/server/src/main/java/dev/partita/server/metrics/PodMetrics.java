package dev.partita.server.metrics;

import dev.partita.cluster.Cluster;
import dev.partita.cluster.ClusterReport;
import dev.partita.cluster.ClusterReport.PartitionView;
import dev.partita.cluster.ClusterReport.ReplicaView;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/// Numbers about the pod as a whole: what it holds of the cluster, and its JVM.
public final class PodMetrics implements AutoCloseable {

  private final JvmGcMetrics gc = new JvmGcMetrics();

  /// Registers all of them.
  public PodMetrics(MeterRegistry registry, Cluster cluster) {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    gc.bindTo(registry);
    gauge(registry, "partita.ready", cluster, c -> c.ready() ? 1 : 0);
    gauge(registry, "partita.partitions", cluster, c -> count(c.report(), _ -> true));
    gauge(
        registry,
        "partita.partitions.led",
        cluster,
        c -> count(c.report(), here -> here.role().equals("LEADER")));
    gauge(
        registry,
        "partita.pods.unreachable",
        cluster,
        c -> c.report().pods().stream().filter(p -> !p.reachable()).count());
    gauge(registry, "partita.catalog.applied", cluster, c -> c.report().catalogApplied());
  }

  private static void gauge(
      MeterRegistry registry, String name, Cluster cluster, ToDoubleFunction<Cluster> value) {
    Gauge.builder(name, cluster, value).strongReference(true).register(registry);
  }

  private static long count(ClusterReport report, Predicate<ReplicaView> counts) {
    long count = 0;
    for (PartitionView partition : report.partitions()) {
      ReplicaView here = partition.here();
      count += here != null && counts.test(here) ? 1 : 0;
    }
    return count;
  }

  @Override
  public void close() {
    gc.close();
  }
}
