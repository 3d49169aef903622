package dev.partita.kube.engine;

import dev.partita.kube.ClusterException;
import dev.partita.kube.ClusterStatus;
import dev.partita.kube.Forward;
import dev.partita.kube.KubeClient;
import dev.partita.kube.Nodes;
import dev.partita.kube.Progress;
import dev.partita.kube.TestCluster;
import dev.partita.kube.Zone;
import dev.partita.kube.tools.StateFolder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A cluster that somebody else made and looks after. It is only looked at: nothing of it is
/// started, ended, or lost on purpose.
public final class GivenCluster implements TestCluster {

  /// How its state folder is marked; the path of the kubeconfig follows.
  public static final String KIND = "given ";

  private final StateFolder state;
  private final Path kubeconfig;

  public GivenCluster(StateFolder state, Path kubeconfig) {
    this.state = state;
    this.kubeconfig = kubeconfig;
  }

  /// The file that kubectl would take: the first one in KUBECONFIG, else `~/.kube/config`.
  ///
  /// @throws ClusterException if there is none
  public static Path usualKubeconfig(Map<String, String> environment) {
    Stream<Path> named =
        Stream.of(environment.getOrDefault("KUBECONFIG", "").split(":", -1))
            .filter(path -> !path.isEmpty())
            .map(Path::of);
    Stream<Path> usual = Stream.of(Path.of(environment.getOrDefault("HOME", "/"), ".kube/config"));
    return Stream.concat(named, usual)
        .filter(Files::isReadable)
        .findFirst()
        .map(Path::toAbsolutePath)
        .orElseThrow(
            () ->
                new ClusterException(
                    "neither KUBECONFIG nor ~/.kube/config names a file that can be read"));
  }

  @Override
  public void up(Progress progress) {
    Optional<String> other = state.kind().filter(kind -> !kind.startsWith(KIND));
    if (other.isPresent()) {
      throw new ClusterException("a cluster of that name is already here; end it with 'down'");
    }
    try (KubernetesClient client = KubeClient.impatient(kubeconfig)) {
      if (!Nodes.answers(client)) {
        throw new ClusterException("no API server answers at " + client.getMasterUrl());
      }
      List<ClusterStatus.Node> nodes = Nodes.list(client);
      long ready = nodes.stream().filter(ClusterStatus.Node::ready).count();
      long zones =
          nodes.stream().map(ClusterStatus.Node::zone).filter(z -> !z.isEmpty()).distinct().count();
      progress.say(ready + " of " + nodes.size() + " nodes are Ready, in " + zones + " zones");
      if (zones < Zone.values().length) {
        progress.say(
            "fewer than three zones by the label topology.kubernetes.io/zone: not everything can be shown");
      }
    }
    state.create(KIND + kubeconfig);
  }

  @Override
  public void down() {
    state.remove();
  }

  @Override
  public ClusterStatus status() {
    String what = "the cluster of " + kubeconfig;
    if (state.kind().isEmpty()) {
      return ClusterStatus.absent(what);
    }
    try (KubernetesClient client = KubeClient.impatient(kubeconfig)) {
      boolean api = Nodes.answers(client);
      return new ClusterStatus(
          ClusterStatus.State.UP, what, api, api ? Nodes.list(client) : List.of());
    }
  }

  @Override
  public Path kubeconfig() {
    return kubeconfig;
  }

  @Override
  public List<String> loadImages(List<Path> tars) {
    throw refused("loading images; push them to a registry that its nodes can reach");
  }

  @Override
  public void killZone(Zone zone) {
    throw refused("losing a zone");
  }

  @Override
  public void restoreZone(Zone zone) {
    throw refused("losing a zone");
  }

  @Override
  public void cutZone(Zone zone) {
    throw refused("losing a zone");
  }

  @Override
  public void healZone(Zone zone) {
    throw refused("losing a zone");
  }

  @Override
  public int killPod(Zone zone, String uid) {
    throw refused("killing processes on its nodes");
  }

  @Override
  public void stopApi() {
    throw refused("stopping its API server");
  }

  @Override
  public void startApi() {
    throw refused("stopping its API server");
  }

  @Override
  public Forward forward(String address, int port) {
    throw refused("a way in past its API server; use a port-forward");
  }

  private ClusterException refused(String what) {
    return new ClusterException(
        "the cluster of " + kubeconfig + " is not ours, so this is not for us to do: " + what);
  }
}
