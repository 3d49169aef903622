package dev.partita.kube.machine;

import dev.partita.kube.ClusterException;
import dev.partita.kube.KubeClient;
import dev.partita.kube.Nodes;
import dev.partita.kube.Progress;
import dev.partita.kube.Zone;
import dev.partita.kube.tools.Command;
import dev.partita.kube.tools.DebianPackages;
import dev.partita.kube.tools.SmallImage;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Brings up a cluster of which nothing is there yet. What takes long goes on side by side: while
/// the API server starts, the nodes bring their containerd up and unpack images.
final class Construction {

  private static final Duration COMMAND_LIMIT = Duration.ofSeconds(30);
  private static final Duration API_LIMIT = Duration.ofMinutes(3);
  private static final Duration NODES_LIMIT = Duration.ofMinutes(3);
  private static final Pattern VERSION = Pattern.compile("\\b(\\d+)\\.\\d+\\.\\d+");

  private final Layout layout;
  private final Path tools;
  private final Progress progress;
  private final Processes processes;
  private final ControlPlane controlPlane;

  Construction(Layout layout, Path tools, Progress progress) {
    this.layout = layout;
    this.tools = tools;
    this.progress = progress;
    this.processes = new Processes(layout);
    this.controlPlane = new ControlPlane(layout, tools, processes);
  }

  void run() {
    folders();
    Sidecar.start(layout, processes);
    Cgroups cgroups = Cgroups.ofThisProcess(layout);
    Credentials credentials = new Credentials(layout);
    together(
        () -> network(),
        () -> cgroups(cgroups),
        () -> {
          credentials.write();
          configs();
        },
        () -> pauseImage());
    progress.say("network, cgroups and certificates are made");
    controlPlane.startEtcd();
    controlPlane.startApiServer();
    for (Zone zone : Zone.values()) {
      new MachineNode(layout, tools, zone, processes).start();
    }
    credentials.writeAdministrator(Sidecar.awaitPort(layout, processes));
    progress.say("etcd, API server and three nodes are starting");
    try (KubernetesClient client = KubeClient.impatient(layout.kubeconfig())) {
      awaitApi(client);
      progress.say("the API server answers");
      touch(layout.apiReady());
      controlPlane.startControllers();
      applyBase(client);
      awaitNodes(client);
      Sidecar.awaitReady(layout);
      touch(layout.whole());
      progress.say("three nodes are Ready, one in each zone");
    }
  }

  /// Returns when the API server answers.
  void awaitApi(KubernetesClient client) {
    Processes.await(
        () -> {
          if (!processes.runs(ControlPlane.API_SERVER)) {
            throw new ClusterException(
                "the API server has ended:\n" + Logs.tail(layout.log(ControlPlane.API_SERVER)));
          }
          return Nodes.answers(client);
        },
        API_LIMIT,
        "the API server does not answer; see " + layout.log(ControlPlane.API_SERVER));
  }

  private void folders() {
    try {
      for (String name : List.of("conf", "pki", "images", "log", "run", "etcd")) {
        Files.createDirectories(layout.folder().resolve(name));
      }
      for (Zone zone : Zone.values()) {
        for (String name : List.of("log", "cni", "volumes")) {
          Files.createDirectories(layout.node(zone).resolve(name));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void network() {
    Command.must(List.of("sh", "-s", layout.prefix()), resource("network.sh"), COMMAND_LIMIT);
    touch(layout.networkReady());
  }

  private void cgroups(Cgroups cgroups) {
    try {
      cgroups.record(layout);
      Files.writeString(layout.conf("cgroup-version"), Integer.toString(cgroups.version()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cgroups.create();
  }

  private void configs() {
    try {
      for (String script : List.of("node.sh", "node-init.sh", "import.sh")) {
        Files.writeString(layout.conf(script), resource(script));
      }
      Files.writeString(layout.conf("kubelet.yaml"), Configs.kubelet());
      Files.writeString(layout.conf("kube-proxy.yaml"), Configs.kubeProxy());
      Files.writeString(layout.conf("resolv.conf"), Configs.resolvConf());
      Files.writeString(
          layout.conf("containerd.toml"),
          Configs.containerd(
              containerdMajor(),
              !Host.here().lowersOomScore(),
              DebianPackages.CNI_PLUGINS.toString()));
      for (Zone zone : Zone.values()) {
        Files.writeString(
            layout.node(zone).resolve("cni/10-pods.conflist"), Configs.cni(Addresses.pods(zone)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void pauseImage() {
    Path tar = layout.run("pause.tar");
    SmallImage.write(tools.resolve("pause"), Configs.PAUSE_IMAGE, tar);
    new Images(layout.images()).add(tar);
  }

  private void applyBase(KubernetesClient client) {
    Processes.await(
        () -> {
          try (InputStream yaml = Construction.class.getResourceAsStream("base.yaml")) {
            client.load(yaml).serverSideApply();
            return true;
          } catch (KubernetesClientException _) {
            // The namespace kube-system comes a moment after the API server answers.
            return false;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        "the API server does not take the storage class");
  }

  private void awaitNodes(KubernetesClient client) {
    Processes.await(
        () ->
            Nodes.list(client).stream().filter(node -> node.ready()).count()
                == Zone.values().length,
        NODES_LIMIT,
        "not every node became Ready; see " + layout.folder().resolve("nodes"));
    Processes.await(
        () -> client.serviceAccounts().inNamespace("default").withName("default").get() != null,
        "the controllers do not work; see " + layout.log("kube-controller-manager"));
  }

  private static int containerdMajor() {
    String text = Command.must(COMMAND_LIMIT, "containerd", "--version");
    Matcher version = VERSION.matcher(text);
    if (!version.find()) {
      throw new ClusterException("cannot tell containerd's version from: " + text);
    }
    return Integer.parseInt(version.group(1));
  }

  private static void touch(Path file) {
    try {
      Files.createFile(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String resource(String name) {
    try (InputStream in = Construction.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void together(Runnable... parts) {
    CompletableFuture<?>[] running = new CompletableFuture<?>[parts.length];
    for (int i = 0; i < parts.length; i++) {
      running[i] = CompletableFuture.runAsync(parts[i]);
    }
    try {
      CompletableFuture.allOf(running).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException reason) {
        throw reason;
      }
      throw e;
    }
  }
}
