package dev.partita.e2e.kubernetes;

import dev.partita.crds.AccessKey;
import dev.partita.crds.DynamoTable;
import dev.partita.crds.StorageCluster;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A namespace of a test's own, with what a user does in it.
final class Place implements AutoCloseable {

  /// For a first table from nothing, as the promise says.
  static final Duration FROM_NOTHING = Duration.ofMinutes(3);

  /// For storage pods that end or begin, on a slow machine.
  static final Duration PODS = Duration.ofMinutes(3);

  private static final Duration GONE = Duration.ofMinutes(2);

  private static final List<Class<? extends HasMetadata>> WRITTEN =
      List.of(
          DynamoTable.class,
          StorageCluster.class,
          AccessKey.class,
          StatefulSet.class,
          Service.class,
          Secret.class,
          ConfigMap.class,
          NetworkPolicy.class,
          PodDisruptionBudget.class,
          Pod.class);

  private final Stage stage;
  private final String namespace;

  private Place(Stage stage, String namespace) {
    this.stage = stage;
    this.namespace = namespace;
  }

  static Place create(Stage stage, String namespace) {
    Place place = new Place(stage, namespace);
    place.close();
    stage
        .client()
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(namespace)
                .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                .endMetadata()
                .build())
        .create();
    return place;
  }

  String namespace() {
    return namespace;
  }

  Stage stage() {
    return stage;
  }

  KubernetesClient client() {
    return stage.client();
  }

  /// `kubectl -n NAMESPACE …`
  Command.Result kubectl(String... words) throws IOException, InterruptedException {
    return kubectlWith(null, words);
  }

  Command.Result kubectlWith(@Nullable String input, String... words)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of("-n", namespace));
    line.addAll(List.of(words));
    return stage.kubectl(input, line);
  }

  /// `kubectl apply -f -`
  String apply(String yaml) throws IOException, InterruptedException {
    return kubectlWith(yaml, "apply", "-f", "-").ok();
  }

  Command.Result tryApply(String yaml) throws IOException, InterruptedException {
    return kubectlWith(yaml, "apply", "-f", "-");
  }

  /// @throws AssertionError if there is none
  DynamoTable table(String name) {
    DynamoTable found = findTable(name);
    if (found == null) {
      throw new AssertionError("no DynamoTable " + name);
    }
    return found;
  }

  /// @throws AssertionError if there is none
  StorageCluster cluster(String name) {
    StorageCluster found = findCluster(name);
    if (found == null) {
      throw new AssertionError("no StorageCluster " + name);
    }
    return found;
  }

  @Nullable DynamoTable findTable(String name) {
    return client().resources(DynamoTable.class).inNamespace(namespace).withName(name).get();
  }

  @Nullable StorageCluster findCluster(String name) {
    return client().resources(StorageCluster.class).inNamespace(namespace).withName(name).get();
  }

  Duration awaitActive(String table, Duration limit) throws InterruptedException {
    return Await.until(
        "table " + table + " ACTIVE",
        limit,
        () -> {
          DynamoTable now = findTable(table);
          return now != null
              && now.getStatus() != null
              && "ACTIVE".equals(now.getStatus().tableStatus())
              && is(now.getStatus().conditions(), "Ready", "True");
        },
        () -> about(findTable(table)));
  }

  Duration awaitReady(String cluster, Duration limit) throws InterruptedException {
    return awaitCondition(cluster, "Ready", "True", null, limit);
  }

  /// @param reason null for any
  Duration awaitCondition(
      String cluster, String type, String status, @Nullable String reason, Duration limit)
      throws InterruptedException {
    return Await.until(
        "StorageCluster %s %s=%s %s".formatted(cluster, type, status, reason),
        limit,
        () -> {
          StorageCluster now = findCluster(cluster);
          return now != null
              && now.getStatus() != null
              && now.getStatus().conditions().stream()
                  .anyMatch(
                      c ->
                          c.getType().equals(type)
                              && c.getStatus().equals(status)
                              && (reason == null || reason.equals(c.getReason())));
        },
        () -> about(findCluster(cluster)));
  }

  private static @Nullable Object about(@Nullable StorageCluster cluster) {
    return cluster == null ? "no such cluster" : cluster.getStatus();
  }

  private static @Nullable Object about(@Nullable DynamoTable table) {
    return table == null ? "no such table" : table.getStatus();
  }

  /// Whether a table has a condition for this reason.
  boolean says(String table, String type, String reason) {
    DynamoTable now = findTable(table);
    return now != null
        && now.getStatus() != null
        && now.getStatus().conditions().stream()
            .anyMatch(c -> c.getType().equals(type) && reason.equals(c.getReason()));
  }

  static boolean is(List<Condition> conditions, String type, String status) {
    return conditions.stream()
        .anyMatch(c -> c.getType().equals(type) && c.getStatus().equals(status));
  }

  List<Pod> storagePods(String cluster) {
    return client()
        .pods()
        .inNamespace(namespace)
        .withLabel("app.kubernetes.io/component", "storage")
        .withLabel("app.kubernetes.io/instance", cluster)
        .list()
        .getItems();
  }

  @Nullable Pod pod(String name) {
    return client().pods().inNamespace(namespace).withName(name).get();
  }

  /// The condition, not the column of `kubectl get pods`: that one goes on saying 1/1 when the node
  /// is lost.
  boolean isReady(String pod) {
    Pod now = pod(pod);
    return now != null
        && now.getMetadata().getDeletionTimestamp() == null
        && now.getStatus().getConditions().stream()
            .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True"));
  }

  Pod existingPod(String name) {
    return client().pods().inNamespace(namespace).withName(name).require();
  }

  /// Restarts of a pod's container; the pod is there.
  int restarts(String pod) {
    return existingPod(pod).getStatus().getContainerStatuses().getFirst().getRestartCount();
  }

  /// @return the Secret's values as text
  Values secret(String name) {
    Secret secret = client().secrets().inNamespace(namespace).withName(name).get();
    if (secret == null) {
      throw new AssertionError("no Secret " + name);
    }
    Map<String, String> values = new TreeMap<>();
    secret
        .getData()
        .forEach(
            (k, v) ->
                values.put(k, new String(Base64.getDecoder().decode(v), StandardCharsets.UTF_8)));
    return new Values(name, values);
  }

  boolean hasSecret(String name) {
    return find(Secret.class, name) != null;
  }

  <T extends HasMetadata> @Nullable T find(Class<T> kind, String name) {
    return client().resources(kind).inNamespace(namespace).withName(name).get();
  }

  /// Reasons of the events about an object.
  List<String> events(String kind, String name) {
    return client().v1().events().inNamespace(namespace).list().getItems().stream()
        .filter(e -> e.getInvolvedObject().getKind().equals(kind))
        .filter(e -> e.getInvolvedObject().getName().equals(name))
        .map(Event::getReason)
        .toList();
  }

  /// Resource versions of everything in the namespace that the operator writes.
  Map<String, String> versions() {
    Map<String, String> versions = new TreeMap<>();
    for (Class<? extends HasMetadata> kind : WRITTEN) {
      for (HasMetadata object : client().resources(kind).inNamespace(namespace).list().getItems()) {
        versions.put(
            kind.getSimpleName() + " " + object.getMetadata().getName(),
            object.getMetadata().getResourceVersion());
      }
    }
    return versions;
  }

  /// Deletes the namespace and waits until it is gone: nothing may hold it.
  @Override
  public void close() {
    client().namespaces().withName(namespace).delete();
    try {
      Await.until(
          "namespace " + namespace + " gone",
          GONE,
          () -> client().namespaces().withName(namespace).get() == null,
          () -> client().namespaces().withName(namespace).get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
