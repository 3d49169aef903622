package dev.partita.kube.engine;

import dev.partita.kube.ClusterException;
import dev.partita.kube.ClusterStatus;
import dev.partita.kube.Forward;
import dev.partita.kube.KubeClient;
import dev.partita.kube.Nodes;
import dev.partita.kube.Progress;
import dev.partita.kube.TestCluster;
import dev.partita.kube.Zone;
import dev.partita.kube.tools.Command;
import dev.partita.kube.tools.StateFolder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A cluster of kind: one container of a Docker engine for each node. Zones are lost by what Docker
/// does to containers.
public final class KindCluster implements TestCluster {

  /// How its state folder is marked.
  public static final String KIND = "kind";

  private static final Duration UP_LIMIT = Duration.ofMinutes(15);
  private static final Duration LOAD_LIMIT = Duration.ofMinutes(10);
  private static final Duration DOCKER_LIMIT = Duration.ofMinutes(1);

  /// A line for each process that it kills. Where systemd makes the cgroups, the dashes of a pod's
  /// uid are something else in their names.
  private static final String KILL_POD =
      "for f in $(grep -l \"pod$(echo $1 | tr - .)\" /proc/[0-9]*/cgroup 2>/dev/null); do"
          + " p=${f#/proc/}; kill -9 ${p%/cgroup} && echo $f; done";

  private static final String WHAT = "kind in Docker";

  private final String name;
  private final StateFolder state;
  private final Command.Runner runner;

  /// @param name of the cluster; kind gets it with `partita-` before it
  public KindCluster(String name, StateFolder state, Command.Runner runner) {
    this.name = "partita-" + name;
    this.state = state;
    this.runner = runner;
  }

  /// Whether a Docker engine answers and kind is installed.
  public static boolean isPossible(Command.Runner runner) {
    return answers(runner, "docker", "info") && answers(runner, "kind", "version");
  }

  private static boolean answers(Command.Runner runner, String... words) {
    try {
      return runner.run(List.of(words), "", DOCKER_LIMIT).ok();
    } catch (ClusterException _) {
      return false;
    }
  }

  @Override
  public void up(Progress progress) {
    if (state.kind().isPresent()) {
      throw new ClusterException("the cluster is already up, or half; 'down' ends it");
    }
    state.create(KIND);
    progress.say(
        "kind makes a control plane and three workers; the first time it fetches its image");
    must(
        List.of(
            "kind",
            "create",
            "cluster",
            "--name",
            name,
            "--kubeconfig",
            kubeconfig().toString(),
            "--wait",
            "300s",
            "--config",
            "-"),
        config(),
        UP_LIMIT);
    progress.say("three nodes are Ready, one in each zone");
  }

  @Override
  public void down() {
    if (state.kind().isEmpty()) {
      return;
    }
    must(
        List.of(
            "kind", "delete", "cluster", "--name", name, "--kubeconfig", kubeconfig().toString()),
        "",
        UP_LIMIT);
    state.remove();
  }

  @Override
  public ClusterStatus status() {
    if (state.kind().isEmpty()) {
      return ClusterStatus.absent(WHAT);
    }
    if (!Files.exists(kubeconfig())) {
      return new ClusterStatus(ClusterStatus.State.UNFINISHED, WHAT, false, List.of());
    }
    try (KubernetesClient client = KubeClient.impatient(kubeconfig())) {
      boolean api = Nodes.answers(client);
      return new ClusterStatus(
          ClusterStatus.State.UP, WHAT, api, api ? Nodes.list(client) : List.of());
    }
  }

  @Override
  public Path kubeconfig() {
    return state.path().resolve("kubeconfig");
  }

  @Override
  public List<String> loadImages(List<Path> tars) {
    List<String> loaded = new ArrayList<>();
    for (Path tar : tars) {
      must(
          List.of("kind", "load", "image-archive", tar.toString(), "--name", name), "", LOAD_LIMIT);
      loaded.add(tar.toString());
    }
    return loaded;
  }

  @Override
  public void killZone(Zone zone) {
    docker("kill", worker(zone));
  }

  @Override
  public void restoreZone(Zone zone) {
    docker("start", worker(zone));
  }

  @Override
  public void cutZone(Zone zone) {
    docker("network", "disconnect", "kind", worker(zone));
  }

  @Override
  public void healZone(Zone zone) {
    docker("network", "connect", "kind", worker(zone));
  }

  @Override
  public int killPod(Zone zone, String uid) {
    String killed =
        must(
            List.of("docker", "exec", worker(zone), "sh", "-c", KILL_POD, "sh", uid),
            "",
            DOCKER_LIMIT);
    return Math.toIntExact(killed.lines().count());
  }

  @Override
  public void stopApi() {
    docker("pause", name + "-control-plane");
  }

  @Override
  public void startApi() {
    docker("unpause", name + "-control-plane");
  }

  @Override
  public Forward forward(String address, int port) {
    throw new ClusterException("kind has no way in past its API server here; use a port-forward");
  }

  /// kind counts its workers from two on.
  private String worker(Zone zone) {
    return switch (zone) {
      case A -> name + "-worker";
      case B -> name + "-worker2";
      case C -> name + "-worker3";
    };
  }

  private static String config() {
    StringBuilder nodes = new StringBuilder();
    for (Zone zone : Zone.values()) {
      nodes.append(
          """
            - role: worker
              labels:
                topology.kubernetes.io/zone: %s
                topology.kubernetes.io/region: local
          """
              .formatted(zone.letter()));
    }
    return """
        kind: Cluster
        apiVersion: kind.x-k8s.io/v1alpha4
        nodes:
          - role: control-plane
        """
        + nodes;
  }

  private void docker(String... words) {
    List<String> command = new ArrayList<>(List.of("docker"));
    command.addAll(List.of(words));
    must(command, "", DOCKER_LIMIT);
  }

  private String must(List<String> words, String input, Duration limit) {
    Command.Result result = runner.run(words, input, limit);
    if (!result.ok()) {
      throw new ClusterException(
          "'%s' failed: %s".formatted(String.join(" ", words), result.output().strip()));
    }
    return result.output();
  }
}
