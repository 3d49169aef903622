package dev.partita.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.crds.StorageCluster;
import dev.partita.crds.StorageClusterSpec;
import dev.partita.operator.Parts;
import dev.partita.operator.Settings;
import dev.partita.operator.cluster.objects.ClusterSecret;
import dev.partita.operator.cluster.objects.Names;
import dev.partita.operator.kube.ApiEvents;
import dev.partita.operator.kube.Apply;
import dev.partita.operator.kube.Conditions;
import dev.partita.operator.log.Logs;
import dev.partita.operator.pods.Connections;
import dev.partita.operator.pods.SecretConnections;
import dev.partita.operator.tls.Pem;
import dev.partita.testing.apiserver.ApiServer;
import dev.partita.testing.apiserver.ApiServers;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatusBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetStatusBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.Operator;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.cert.CertificateException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A namespace of a real API server in which a real StorageCluster reconciler works. What is
/// missing there, the StatefulSet's controller, scheduler and kubelets, is played by the test.
final class Site implements AutoCloseable {

  static final String NAME = "orders";
  static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int RETRIES = 10;

  /// As the operator's own: without it, what is under way is interrupted and reported as failed.
  private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

  private static final Duration POLL = Duration.ofMillis(50);

  final ApiServer server = ApiServers.shared();
  final String namespace = server.newNamespace("cluster");
  final KubernetesClient client = client(server);
  final FakeReports reports = new FakeReports();
  final MeterRegistry meters = new SimpleMeterRegistry();
  final Parts parts;

  /// How far the operator's clock goes before this machine's.
  volatile Duration ahead = Duration.ZERO;

  private Operator operator;

  Site() {
    Logs.setUp(false);
    Settings settings =
        new Settings("storage:1", Set.of(namespace), false, "partita-system", "operator-1", 0);
    InstantSource time = () -> Instant.now().plus(ahead);
    Clock clock = time.withZone(ZoneOffset.UTC);
    Connections connections = new SecretConnections(client, settings, clock);
    parts =
        new Parts(
            client,
            settings,
            new Apply(client, meters),
            new ApiEvents(client, "operator-1", clock),
            connections,
            reports,
            meters,
            clock);
    operator = operator();
    for (String zone : List.of("a", "b", "c")) {
      node(zone);
    }
  }

  /// Tries again as the operator's own does: a server that has just learnt of a kind says 429.
  private static KubernetesClient client(ApiServer server) {
    Config config =
        new ConfigBuilder(server.client().getConfiguration())
            .withRequestRetryBackoffLimit(RETRIES)
            .build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  private Operator operator() {
    Operator made =
        new Operator(
            o ->
                o.withKubernetesClient(client)
                    .withCloseClientOnStop(false)
                    .withReconciliationTerminationTimeout(STOP_WITHIN));
    StorageClusterReconciler.register(made, parts);
    return made;
  }

  Site start() {
    operator.start();
    return this;
  }

  /// The operator ends, as it does on SIGTERM: with what it has begun; another one begins.
  void restartOperator() {
    operator.stop();
    operator = operator();
    operator.start();
  }

  @Override
  public void close() {
    operator.stop();
    client.close();
  }

  StorageCluster create(StorageClusterSpec spec) {
    StorageCluster cluster = new StorageCluster();
    cluster.getMetadata().setNamespace(namespace);
    cluster.getMetadata().setName(NAME);
    cluster.setSpec(spec);
    return client.resource(cluster).create();
  }

  StorageCluster cluster() {
    return client.resources(StorageCluster.class).inNamespace(namespace).withName(NAME).require();
  }

  void annotate(String key, String value) {
    patch("metadata: {annotations: {'%s': '%s'}}".formatted(key, value));
  }

  /// Changes the resource as `kubectl patch --type merge` does: the operator may write its status
  /// at the same moment.
  ///
  /// @param yaml what is to be merged in
  void patch(String yaml) {
    client
        .resources(StorageCluster.class)
        .inNamespace(namespace)
        .withName(NAME)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            Serialization.asJson(Serialization.unmarshal(yaml, Map.class)));
  }

  private void node(String zone) {
    Node node =
        new NodeBuilder()
            .withNewMetadata()
            .withName("node-" + zone)
            .withLabels(Map.of("topology.kubernetes.io/zone", "zone-" + zone))
            .endMetadata()
            .withNewStatus()
            .withConditions(new NodeConditionBuilder().withType("Ready").withStatus("True").build())
            .endStatus()
            .build();
    if (client.resource(node).get() == null) {
      client.resource(node).create();
    }
    client.resource(node).patchStatus();
  }

  StatefulSet statefulSet() {
    return client.apps().statefulSets().inNamespace(namespace).withName(NAME).get();
  }

  /// What the StatefulSet's controller and the scheduler do: pods from the template, each on the
  /// node of its zone.
  void makePods() {
    for (int i = 0; i < statefulSet().getSpec().getReplicas(); i++) {
      makePod(i);
    }
  }

  Pod makePod(int ordinal) {
    StatefulSet set = statefulSet();
    Pod pod =
        new PodBuilder()
            .withNewMetadata()
            .withNamespace(namespace)
            .withName(NAME + "-" + ordinal)
            .withLabels(set.getSpec().getTemplate().getMetadata().getLabels())
            .addToLabels("controller-revision-hash", revision(set))
            .endMetadata()
            .withSpec(set.getSpec().getTemplate().getSpec())
            .editSpec()
            .withServiceAccountName(null)
            .withNodeName("node-" + "abc".charAt(ordinal))
            .addNewVolume()
            .withName("data")
            .withNewEmptyDir()
            .endEmptyDir()
            .endVolume()
            .endSpec()
            .build();
    return client.resource(pod).create();
  }

  void ready(int ordinal, boolean ready) {
    Pod pod = pod(ordinal);
    pod.setStatus(
        new PodBuilder(pod)
            .withNewStatus()
            .withPhase("Running")
            .withConditions(
                new PodConditionBuilder()
                    .withType("Ready")
                    .withStatus(ready ? "True" : "False")
                    .build())
            .endStatus()
            .build()
            .getStatus());
    pod.getMetadata().setResourceVersion(null);
    client.resource(pod).patchStatus();
  }

  /// What the controller of disruption budgets says while all pods are ready: one may go.
  void allowDisruption() {
    PodDisruptionBudget budget =
        client.policy().v1().podDisruptionBudget().inNamespace(namespace).withName(NAME).require();
    budget.setStatus(
        new PodDisruptionBudgetStatusBuilder()
            .withObservedGeneration(budget.getMetadata().getGeneration())
            .withExpectedPods(3)
            .withCurrentHealthy(3)
            .withDesiredHealthy(2)
            .withDisruptionsAllowed(1)
            .build());
    budget.getMetadata().setResourceVersion(null);
    client.resource(budget).patchStatus();
  }

  /// Waits until a pod is asked to stop, and lets it, as a kubelet does.
  void stopped(int ordinal) {
    await(
        "pod " + ordinal + " is asked to stop",
        () -> pod(ordinal).getMetadata().getDeletionTimestamp() != null);
    client.resource(pod(ordinal)).withGracePeriod(0).delete();
    await("pod " + ordinal + " is gone", () -> pod(ordinal) == null);
  }

  Pod pod(int ordinal) {
    return client.pods().inNamespace(namespace).withName(NAME + "-" + ordinal).get();
  }

  /// What the StatefulSet's controller says once it has seen the last change.
  void settleStatefulSet() {
    StatefulSet set = statefulSet();
    set.setStatus(
        new StatefulSetStatusBuilder()
            .withReplicas(set.getSpec().getReplicas())
            .withObservedGeneration(set.getMetadata().getGeneration())
            .withUpdateRevision(revision(set))
            .build());
    set.getMetadata().setResourceVersion(null);
    client.resource(set).patchStatus();
  }

  /// The template decides.
  private static String revision(StatefulSet set) {
    return "r" + Integer.toHexString(set.getSpec().getTemplate().hashCode());
  }

  /// What the StatefulSet's controller says when the API server refuses its pods.
  void complainOfStatefulSet(String message) {
    String now = Instant.now().toString();
    client
        .resource(
            new EventBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(NAME + ".refused")
                .endMetadata()
                .withNewInvolvedObject()
                .withApiVersion("apps/v1")
                .withKind("StatefulSet")
                .withNamespace(namespace)
                .withName(NAME)
                .endInvolvedObject()
                .withType("Warning")
                .withReason("FailedCreate")
                .withMessage(message)
                .withFirstTimestamp(now)
                .withLastTimestamp(now)
                .withCount(1)
                .build())
        .create();
  }

  List<HasMetadata> objects() {
    List<HasMetadata> all = new ArrayList<>();
    all.addAll(client.serviceAccounts().inNamespace(namespace).withLabel(LABEL).list().getItems());
    all.addAll(client.services().inNamespace(namespace).withLabel(LABEL).list().getItems());
    all.addAll(client.configMaps().inNamespace(namespace).withLabel(LABEL).list().getItems());
    all.addAll(client.secrets().inNamespace(namespace).withLabel(LABEL).list().getItems());
    all.addAll(
        client.apps().statefulSets().inNamespace(namespace).withLabel(LABEL).list().getItems());
    all.addAll(
        client
            .policy()
            .v1()
            .podDisruptionBudget()
            .inNamespace(namespace)
            .withLabel(LABEL)
            .list()
            .getItems());
    all.addAll(
        client
            .network()
            .v1()
            .networkPolicies()
            .inNamespace(namespace)
            .withLabel(LABEL)
            .list()
            .getItems());
    return all;
  }

  static String condition(StorageCluster cluster, String type) {
    return cluster.getStatus() == null
        ? ""
        : Conditions.find(cluster.getStatus().conditions(), type)
            .map(c -> c.getStatus() + " " + c.getReason())
            .orElse("");
  }

  String condition(String type) {
    return condition(cluster(), type);
  }

  String message(String type) {
    return Conditions.find(cluster().getStatus().conditions(), type).orElseThrow().getMessage();
  }

  void awaitCondition(String type, String so) {
    await(
        type + " is " + so + ", not " + condition(cluster(), type),
        () -> condition(cluster(), type).equals(so));
  }

  /// A cluster of which all pods are ready.
  void running() {
    start();
    create(StorageClusterSpec.EMPTY);
    await("a StatefulSet", () -> statefulSet() != null);
    settleStatefulSet();
    makePods();
    await("a pods file", () -> pods() != null);
    for (int i = 0; i < 3; i++) {
      ready(i, true);
    }
    awaitCondition("Ready", "True AllPodsReady");
  }

  /// The pods file; null while there is none.
  @Nullable String pods() {
    var map = client.configMaps().inNamespace(namespace).withName("orders-pods").get();
    return map == null ? null : map.getData().get(Names.PODS_KEY);
  }

  /// Serial number of a Secret's certificate, in hex.
  String serial(String secret) {
    try {
      String certificate =
          ClusterSecret.texts(client.secrets().inNamespace(namespace).withName(secret).require())
              .get("tls.crt");
      return Pem.certificates(String.valueOf(certificate))
          .getFirst()
          .getSerialNumber()
          .toString(16);
    } catch (CertificateException e) {
      throw new AssertionError(e);
    }
  }

  /// Reasons of all events.
  List<String> events() {
    return client.events().v1().events().inNamespace(namespace).list().getItems().stream()
        .map(e -> e.getReason())
        .toList();
  }

  static StorageClusterSpec spec(String yaml) {
    return Serialization.unmarshal(yaml, StorageClusterSpec.class);
  }

  private static final String LABEL = "app.kubernetes.io/managed-by";

  /// Waits until something is so.
  static void await(String what, BooleanSupplier so) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!so.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time: " + what).isLessThan(end);
      LockSupport.parkNanos(POLL.toNanos());
    }
  }
}
