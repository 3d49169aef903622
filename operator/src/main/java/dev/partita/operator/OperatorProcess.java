package dev.partita.operator;

import dev.partita.operator.kube.ApiEvents;
import dev.partita.operator.kube.Apply;
import dev.partita.operator.pods.AdminClients;
import dev.partita.operator.pods.PodsByHttp;
import dev.partita.operator.pods.PolledReports;
import dev.partita.operator.pods.SecretConnections;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The operator as one process: everything is wired here, by hand.
final class OperatorProcess {

  /// Reconciles at the same time. Each mostly waits for the API server or a pod.
  private static final int RECONCILE_THREADS = 12;

  private static final int WORKFLOW_THREADS = 1;
  private static final String LEASE = "partita-operator";
  private static final Duration STOP_WITHIN = Duration.ofSeconds(10);
  private static final int EXIT_INFORMER_STOPPED = 3;
  private static final Logger log = LoggerFactory.getLogger(OperatorProcess.class);

  private OperatorProcess() {}

  /// Starts it. Returns at once; the process lives until it is told to stop or loses its Lease.
  static void start(Settings settings) throws IOException {
    PrometheusMeterRegistry meters = meters();
    KubernetesClient client = new KubernetesClientBuilder().build();
    Clock clock = Clock.systemUTC();
    SecretConnections connections = new SecretConnections(client, settings, clock);
    PolledReports reports =
        new PolledReports(new PodsByHttp(connections::admin, new AdminClients()), clock);
    Parts parts =
        new Parts(
            client,
            settings,
            new Apply(client, meters),
            new ApiEvents(client, settings.identity(), clock),
            connections,
            reports,
            meters,
            clock);
    Operator operator =
        operator(client, settings, MicrometerMetrics.withoutPerResourceMetrics(meters));
    Controllers.register(operator, parts);
    HealthServer health =
        new HealthServer(
            new InetSocketAddress(settings.port()),
            () -> true,
            () -> ready(operator),
            meters::scrape);
    health.start();
    if (!settings.leaderElection()) {
      // With a Lease it can only be lost, not given back, and whoever loses it ends the process at
      // once. So does SIGTERM: every step can be taken up by the next operator, some 15 s later.
      operator.installShutdownHook(STOP_WITHIN);
    }
    reports.start();
    operator.start();
    log.info(
        "started namespaces={} leaderElection={} storageImage={}",
        settings.watchNamespaces().isEmpty() ? "all" : settings.watchNamespaces(),
        settings.leaderElection(),
        settings.storageImage());
  }

  private static boolean ready(Operator operator) {
    var runtime = operator.getRuntimeInfo();
    return runtime.isStarted() && runtime.allEventSourcesAreHealthy();
  }

  private static Operator operator(KubernetesClient client, Settings settings, Metrics metrics) {
    return new Operator(
        o -> {
          ConfigurationServiceOverrider common =
              o.withKubernetesClient(client)
                  .withMetrics(metrics)
                  .withConcurrentReconciliationThreads(RECONCILE_THREADS)
                  .withConcurrentWorkflowExecutorThreads(WORKFLOW_THREADS)
                  .withReconciliationTerminationTimeout(STOP_WITHIN)
                  .withUseSSAToPatchPrimaryResource(true)
                  .withInformerStoppedHandler((_, failure) -> stopped(failure));
          if (settings.leaderElection()) {
            common.withLeaderElectionConfiguration(
                new LeaderElectionConfiguration(
                    LEASE, settings.podNamespace(), settings.identity()));
          }
        });
  }

  /// An informer that has stopped would leave the operator blind and looking healthy.
  private static void stopped(@Nullable Throwable failure) {
    if (failure == null) {
      // Asked to: the process is on its way out.
      return;
    }
    log.error("an informer has stopped; the process ends and is started anew", failure);
    Runtime.getRuntime().halt(EXIT_INFORMER_STOPPED);
  }

  static PrometheusMeterRegistry meters() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    new JvmMemoryMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    // There from the start, so that its absence means that no operator runs.
    Gauge.builder("partita.operator.running", () -> 1)
        .description("1 while this process runs, whether it leads or waits")
        .register(registry);
    return registry;
  }
}
