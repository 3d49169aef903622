package dev.partita.server.metrics;

import dev.partita.cluster.Cluster;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import java.util.function.ToDoubleFunction;

/// Numbers about the pod as a whole: whether it is ready, whom it reaches, and its JVM.
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
    gauge(
        registry,
        "partita.pods.unreachable",
        cluster,
        c -> c.report().pods().stream().filter(p -> !p.reachable()).count());
  }

  private static void gauge(
      MeterRegistry registry, String name, Cluster cluster, ToDoubleFunction<Cluster> value) {
    Gauge.builder(name, cluster, value).strongReference(true).register(registry);
  }

  @Override
  public void close() {
    gc.close();
  }
}
