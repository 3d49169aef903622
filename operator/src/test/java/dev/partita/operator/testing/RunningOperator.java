package dev.partita.operator.testing;

import dev.partita.crds.StorageCluster;
import dev.partita.operator.Parts;
import dev.partita.operator.Settings;
import dev.partita.operator.kube.ApiEvents;
import dev.partita.operator.kube.Apply;
import dev.partita.operator.pods.Connection;
import dev.partita.operator.pods.Connections;
import dev.partita.operator.pods.PodReports;
import dev.partita.testing.apiserver.ApiServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// Reconcilers in this process against a real API server, for one namespace.
public final class RunningOperator implements AutoCloseable {

  private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

  private static final int RETRIES = 10;

  private final Operator operator;

  /// @param register registers what is under test
  public RunningOperator(
      ApiServer server,
      String namespace,
      PodReports reports,
      BiConsumer<Operator, Parts> register) {
    // Stopping the operator closes its client.
    KubernetesClient client = client(server);
    Settings settings =
        new Settings(null, Set.of(namespace), false, namespace, "operator-under-test", 0);
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    Clock clock = Clock.systemUTC();
    Parts parts =
        new Parts(
            client,
            settings,
            new Apply(client, meters),
            new ApiEvents(client, settings.identity(), clock),
            RunningOperator::find,
            reports,
            meters,
            clock);
    this.operator =
        new Operator(
            o ->
                o.withKubernetesClient(client)
                    .withUseSSAToPatchPrimaryResource(true)
                    .withReconciliationTerminationTimeout(STOP_WITHIN));
    register.accept(operator, parts);
    operator.start();
  }

  /// A client that tries again, as the operator's own does: a server that has just learnt of a kind
  /// says 429. To be closed.
  public static KubernetesClient client(ApiServer server) {
    Config config =
        new ConfigBuilder(server.client().getConfiguration())
            .withRequestRetryBackoffLimit(RETRIES)
            .build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  /// Every cluster that exists has a way to it.
  private static Connections.Found find(StorageCluster cluster) {
    return new Connections.Found.Known(
        new Connection(
            URI.create("https://" + cluster.getMetadata().getName() + ".test.svc:8000"),
            "local-1",
            "id",
            "secret",
            "-----BEGIN CERTIFICATE-----"));
  }

  @Override
  public void close() {
    operator.stop();
  }

  /// Pods that nobody can reach.
  public static final class NoPods implements PodReports {
    @Override
    public Map<String, Answer> latest(ResourceID cluster) {
      return Map.of();
    }

    @Override
    public Map<String, Answer> ask(StorageCluster cluster) {
      return Map.of();
    }

    @Override
    public void follow(StorageCluster cluster) {}

    @Override
    public void onChange(Consumer<ResourceID> listener) {}
  }
}
