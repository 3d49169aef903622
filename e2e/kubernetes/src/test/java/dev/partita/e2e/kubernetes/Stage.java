package dev.partita.e2e.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.partita.kube.ClusterStatus;
import dev.partita.kube.Clusters;
import dev.partita.kube.Progress;
import dev.partita.kube.TestCluster;
import dev.partita.kube.tools.ToolCache;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What all tests share: a cluster that is up, with the images in its nodes and the operator
/// installed by its chart. Made once; left as it is at the end, so that a failure can be looked at.
final class Stage {

  /// The checkout; tests run in their module's folder.
  static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();

  static final Path EXAMPLE = ROOT.resolve("examples/orders.yaml");
  static final Path EXAMPLE_APPLICATION = ROOT.resolve("examples/application/check.yaml");
  static final String WITNESS_IMAGE = "partita/witness:0.1.0-SNAPSHOT";

  private static final Path CHART = ROOT.resolve("charts/partita");
  private static final String RELEASE = "partita";
  private static final String OPERATOR_NAMESPACE = "partita-system";
  private static final String OPERATOR = "partita-operator";
  private static final Duration OPERATOR_READY = Duration.ofMinutes(3);

  /// Where `./partita images` puts them.
  private static final Path IMAGES =
      Path.of(System.getProperty("partita.images", ROOT.resolve("target/images").toString()));

  private static final ObjectMapper JSON = new ObjectMapper();

  private static @Nullable Stage stage;

  private final TestCluster zones;
  private final KubernetesClient client;
  private final Path bin;

  private Stage(TestCluster zones) throws IOException {
    this.zones = zones;
    this.bin = ToolCache.ofUser().bin();
    this.client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(zones.kubeconfig().toFile()))
            .build();
  }

  static synchronized Stage get() throws IOException, InterruptedException {
    if (stage == null) {
      Progress progress = line -> System.out.println("stage: " + line);
      TestCluster zones = Clusters.named(Clusters.USUAL_NAME);
      if (zones.status().state() != ClusterStatus.State.UP) {
        zones.up(progress);
      }
      ToolCache.ofUser().helm(progress);
      Stage made = new Stage(zones);
      progress.say("images: " + zones.loadImages(images()));
      made.installOperator();
      stage = made;
    }
    return stage;
  }

  private static List<Path> images() throws IOException {
    try (Stream<Path> files = Files.list(IMAGES)) {
      List<Path> tars = files.filter(f -> f.toString().endsWith(".tar")).sorted().toList();
      if (tars.isEmpty()) {
        throw new IllegalStateException("no images in " + IMAGES + ": run ./partita images");
      }
      return tars;
    }
  }

  KubernetesClient client() {
    return client;
  }

  TestCluster zones() {
    return zones;
  }

  /// Names of the pods of a cluster with three of them.
  static List<String> pods(String cluster) {
    return List.of(cluster + "-0", cluster + "-1", cluster + "-2");
  }

  static String service(Place place, String cluster) {
    return "https://%s.%s.svc:8000".formatted(cluster, place.namespace());
  }

  Command.Result kubectl(@Nullable String input, List<String> words)
      throws IOException, InterruptedException {
    return tool("kubectl", input, words);
  }

  private Command.Result tool(String name, @Nullable String input, List<String> words)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of(bin.resolve(name).toString()));
    line.addAll(words);
    return Command.run(line, Map.of("KUBECONFIG", zones.kubeconfig().toString()), input);
  }

  /// `helm install`, or what is newer than what is there.
  void installOperator() throws IOException, InterruptedException {
    helm(
            "upgrade",
            "--install",
            RELEASE,
            CHART.toString(),
            "-n",
            OPERATOR_NAMESPACE,
            "--create-namespace")
        .ok();
    // An image of the same name may be another one now.
    killOperator();
    Await.until(
        "the operator is ready", OPERATOR_READY, () -> operators().stream().anyMatch(Stage::ready));
  }

  void uninstallOperator() throws IOException, InterruptedException {
    helm("uninstall", RELEASE, "-n", OPERATOR_NAMESPACE, "--wait").ok();
    Await.until("the operator is gone", OPERATOR_READY, () -> operators().isEmpty());
  }

  Command.Result helm(String... words) throws IOException, InterruptedException {
    return tool("helm", null, List.of(words));
  }

  /// Ends it without a word, as kill -9 does.
  ///
  /// @return the pods that were ended
  List<String> killOperator() {
    List<String> killed = new ArrayList<>();
    for (Pod pod : operators()) {
      killed.add(pod.getMetadata().getName());
      client.resource(pod).withGracePeriod(0).delete();
    }
    return killed;
  }

  private List<Pod> operators() {
    return client
        .pods()
        .inNamespace(OPERATOR_NAMESPACE)
        .withLabel("app.kubernetes.io/name", OPERATOR)
        .list()
        .getItems();
  }

  /// What the operator's processes have in memory, in bytes, as its node's kubelet counts it.
  long operatorMemory() throws IOException {
    Pod operator = operators().getFirst();
    JsonNode summary =
        JSON.readTree(
            client.raw(
                "/api/v1/nodes/" + operator.getSpec().getNodeName() + "/proxy/stats/summary"));
    for (JsonNode pod : summary.path("pods")) {
      if (pod.path("podRef").path("name").asText("").equals(operator.getMetadata().getName())) {
        return pod.path("containers").path(0).path("memory").path("rssBytes").asLong();
      }
    }
    throw new AssertionError("no figures of " + operator.getMetadata().getName());
  }

  private static boolean ready(Pod pod) {
    return pod.getMetadata().getDeletionTimestamp() == null
        && pod.getStatus().getConditions().stream()
            .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True"));
  }

  /// What was used, a line each.
  static List<String> versions() {
    List<String> lines = new ArrayList<>();
    lines.add("Java " + Runtime.version());
    Stage made = stage;
    if (made == null) {
      lines.add("no cluster came up");
      return lines;
    }
    lines.add("Kubernetes " + made.client.getKubernetesVersion().getGitVersion());
    lines.add("runs on: " + made.zones.status().what());
    try {
      lines.add("Helm " + made.helm("version", "--short").output().strip());
      lines.add(
          "commit "
              + Command.run(
                      List.of("git", "-C", ROOT.toString(), "rev-parse", "--short", "HEAD"),
                      Map.of(),
                      null)
                  .output()
                  .strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return lines;
  }
}
