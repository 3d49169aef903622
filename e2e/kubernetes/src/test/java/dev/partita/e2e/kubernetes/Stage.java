package dev.partita.e2e.kubernetes;

import dev.partita.kube.ClusterStatus;
import dev.partita.kube.Clusters;
import dev.partita.kube.Progress;
import dev.partita.kube.TestCluster;
import dev.partita.kube.Zone;
import dev.partita.kube.tools.ToolCache;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  /// Where `./partita images` puts them.
  private static final Path IMAGES =
      Path.of(System.getProperty("partita.images", ROOT.resolve("target/images").toString()));

  private static @Nullable Stage stage;

  private final TestCluster zones;
  private final KubernetesClient client;
  private final Path bin;
  private final Operators operators;

  private Stage(TestCluster zones) throws IOException {
    this.zones = zones;
    this.bin = ToolCache.ofUser().bin();
    this.operators = new Operators(this);
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
      ToolCache.ofUser().kubernetes(progress);
      ToolCache.ofUser().helm(progress);
      Stage made = new Stage(zones);
      progress.say("images: " + zones.loadImages(images()));
      made.operators.install();
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

  Operators operators() {
    return operators;
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

  Command.Result helm(String... words) throws IOException, InterruptedException {
    return tool("helm", null, List.of(words));
  }

  /// Where a pod is.
  Zone zone(Pod pod) {
    String node = pod.getSpec().getNodeName();
    return Zone.of(
        client
            .nodes()
            .withName(node)
            .require()
            .getMetadata()
            .getLabels()
            .getOrDefault("topology.kubernetes.io/zone", ""));
  }

  /// Kills a pod's processes by SIGKILL.
  ///
  /// @return how many there were
  int killPod(Pod pod) {
    return zones.killPod(zone(pod), pod.getMetadata().getUid());
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
    try {
      lines.add("Kubernetes " + made.client.getKubernetesVersion().getGitVersion());
      lines.add("runs on: " + made.zones.status().what());
      lines.add("Helm " + made.helm("version", "--short").output().strip());
      boolean dirty = !git("status", "--porcelain", "--untracked-files=no").isEmpty();
      lines.add("commit " + git("rev-parse", "--short", "HEAD") + (dirty ? ", changed" : ""));
    } catch (IOException | KubernetesClientException e) {
      // A report without this line is better than none.
      lines.add("no more could be learned: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return lines;
  }

  private static String git(String... words) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of("git", "-C", ROOT.toString()));
    line.addAll(List.of(words));
    return Command.run(line, Map.of(), null).output().strip();
  }
}
