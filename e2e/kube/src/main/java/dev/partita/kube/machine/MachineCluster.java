package dev.partita.kube.machine;

import dev.partita.kube.ClusterException;
import dev.partita.kube.ClusterStatus;
import dev.partita.kube.Forward;
import dev.partita.kube.KubeClient;
import dev.partita.kube.Nodes;
import dev.partita.kube.Progress;
import dev.partita.kube.TestCluster;
import dev.partita.kube.Zone;
import dev.partita.kube.agent.Forwarder;
import dev.partita.kube.agent.NetworkNamespace;
import dev.partita.kube.tools.DebianPackages;
import dev.partita.kube.tools.StateFolder;
import dev.partita.kube.tools.ToolCache;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// A cluster whose nodes are namespaces of this machine: real kubelets, real containers, and a real
/// network between them, without Docker and without a registry.
public final class MachineCluster implements TestCluster {

  /// How its state folder is marked.
  public static final String KIND = "namespaces";

  private static final String WHAT = "namespaces on this machine";

  private final Layout layout;
  private final ToolCache tools;
  private final Processes processes;

  public MachineCluster(Layout layout, ToolCache tools) {
    this.layout = layout;
    this.tools = tools;
    this.processes = new Processes(layout);
  }

  @Override
  public void up(Progress progress) {
    requireHost();
    if (state() == ClusterStatus.State.UP) {
      throw new ClusterException(
          "the cluster is already up; KUBECONFIG="
              + layout.kubeconfig()
              + ", or end it with 'down'");
    }
    DebianPackages.ensure(progress);
    Path bin = tools.kubernetes(progress);
    tools.helm(progress);
    mark();
    try (Lock _ = Lock.take(layout)) {
      if (isBegun()) {
        progress.say("removing what is left of an earlier cluster");
        new Removal(layout).run();
        mark();
      }
    }
    try (Lock _ = Lock.take(layout)) {
      new Construction(layout, bin, progress).run();
    }
  }

  @Override
  public void down() {
    if (state() == ClusterStatus.State.ABSENT) {
      return;
    }
    requireHost();
    mark();
    try (Lock _ = Lock.take(layout)) {
      new Removal(layout).run();
    }
  }

  @Override
  public ClusterStatus status() {
    ClusterStatus.State state = state();
    if (state != ClusterStatus.State.UP) {
      return new ClusterStatus(state, WHAT, false, List.of());
    }
    try (KubernetesClient client = KubeClient.impatient(layout.kubeconfig())) {
      if (!Nodes.answers(client)) {
        return new ClusterStatus(state, WHAT, false, List.of());
      }
      List<ClusterStatus.Node> nodes = Nodes.list(client).stream().map(this::noted).toList();
      return new ClusterStatus(state, WHAT, true, nodes);
    }
  }

  @Override
  public Path kubeconfig() {
    return layout.kubeconfig();
  }

  @Override
  public List<String> loadImages(List<Path> tars) {
    List<String> names = new ArrayList<>();
    change(
        () -> {
          for (Path tar : tars) {
            names.addAll(new Images(layout.images()).add(tar));
          }
          Arrays.stream(Zone.values()).parallel().forEach(zone -> node(zone).importImages());
        });
    return List.copyOf(names);
  }

  @Override
  public void killZone(Zone zone) {
    change(() -> node(zone).kill());
  }

  @Override
  public void restoreZone(Zone zone) {
    change(
        () -> {
          if (node(zone).runs()) {
            throw new ClusterException(zone.node() + " runs");
          }
          node(zone).start();
        });
  }

  @Override
  public void cutZone(Zone zone) {
    change(() -> node(zone).link(false));
  }

  @Override
  public void healZone(Zone zone) {
    change(() -> node(zone).link(true));
  }

  @Override
  public int killPod(Zone zone, String uid) {
    AtomicInteger killed = new AtomicInteger();
    change(() -> killed.set(processes.killPod(uid)));
    return killed.get();
  }

  @Override
  public void stopApi() {
    change(() -> controlPlane().stopApiServer());
  }

  @Override
  public void startApi() {
    change(
        () -> {
          if (!processes.runs(ControlPlane.API_SERVER)) {
            controlPlane().startApiServer();
          }
          try (KubernetesClient client = KubeClient.impatient(layout.kubeconfig())) {
            new Construction(layout, tools.bin(), Progress.silent()).awaitApi(client);
          }
        });
  }

  @Override
  public Forward forward(String address, int port) {
    try {
      NetworkNamespace network = NetworkNamespace.enter(layout.controlPlaneNetwork());
      return Forwarder.start(network, new InetSocketAddress(address, port), 0);
    } catch (IOException e) {
      throw new ClusterException("no way into the cluster: " + e.getMessage(), e);
    }
  }

  private ClusterStatus.State state() {
    if (new StateFolder(layout.folder()).kind().isEmpty()) {
      return ClusterStatus.State.ABSENT;
    }
    // After the machine was started anew the folder is there, but nothing runs.
    boolean up = Files.exists(layout.whole()) && processes.runs(ControlPlane.ETCD);
    return up ? ClusterStatus.State.UP : ClusterStatus.State.UNFINISHED;
  }

  private boolean isBegun() {
    return Files.exists(layout.folder().resolve("conf"))
        || Files.exists(Path.of("/run/netns", layout.controlPlaneNetwork()));
  }

  private void mark() {
    new StateFolder(layout.folder()).create(KIND);
  }

  private void change(Runnable work) {
    if (state() != ClusterStatus.State.UP) {
      throw new ClusterException("the cluster is not up");
    }
    requireHost();
    try (Lock _ = Lock.take(layout)) {
      work.run();
    }
  }

  private static void requireHost() {
    List<String> obstacles = Host.here().obstacles();
    if (!obstacles.isEmpty()) {
      throw new ClusterException(
          "a cluster of namespaces cannot run here: "
              + String.join(", ", obstacles)
              + ". Start a Docker engine and install kind, or use a cluster that you have by"
              + " --use-kubeconfig.");
    }
  }

  private ControlPlane controlPlane() {
    return new ControlPlane(layout, tools.bin(), processes);
  }

  private MachineNode node(Zone zone) {
    return new MachineNode(layout, tools.bin(), zone, processes);
  }

  private ClusterStatus.Node noted(ClusterStatus.Node node) {
    List<String> notes = new ArrayList<>();
    Consumer<Zone> look =
        zone -> {
          if (!node(zone).runs()) {
            notes.add("killed");
          }
          if (node(zone).isCut()) {
            notes.add("cut off");
          }
        };
    Arrays.stream(Zone.values()).filter(zone -> zone.node().equals(node.name())).forEach(look);
    return new ClusterStatus.Node(node.name(), node.zone(), node.ready(), String.join(", ", notes));
  }
}
