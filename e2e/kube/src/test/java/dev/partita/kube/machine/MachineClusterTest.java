package dev.partita.kube.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.kube.ClusterException;
import dev.partita.kube.ClusterStatus;
import dev.partita.kube.Forward;
import dev.partita.kube.KubeClient;
import dev.partita.kube.Progress;
import dev.partita.kube.Zone;
import dev.partita.kube.tools.Command;
import dev.partita.kube.tools.SmallImage;
import dev.partita.kube.tools.ToolCache;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// A real cluster, so it runs only when asked to: it needs root, Linux, and some minutes.
@EnabledIfSystemProperty(
    named = "partita.kube",
    matches = "true",
    disabledReason = "brings up a real cluster; run it by -Dpartita.kube=true")
class MachineClusterTest {

  /// The promise, where the programs are built already.
  private static final Duration UP = Duration.ofSeconds(60);

  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final int PORT = 8080;
  private static final int OK = 200;

  @TempDir private Path folder = Path.of("");

  private final Layout layout = Layout.named("selftest");
  private final MachineCluster cluster = new MachineCluster(layout, ToolCache.ofUser());
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void end() {
    cluster.down();
  }

  @Test
  void podsAreSpreadOverZonesThatAreLostAndComeBackWithTheirData() throws Exception {
    // The first time they are built, which takes many minutes.
    ToolCache.ofUser().kubernetes(Progress.to(System.out));
    ToolCache.ofUser().helm(Progress.to(System.out));
    long begun = System.nanoTime();
    cluster.up(Progress.to(System.out));
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(UP);
    assertThatThrownBy(() -> cluster.up(Progress.silent()))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("already up");
    assertThat(cluster.status().nodes())
        .extracting(node -> node.zone() + node.ready())
        .containsExactly("atrue", "btrue", "ctrue");
    assertThat(cluster.loadImages(List.of(probe()))).containsExactly("docker.io/partita/probe:1");
    try (KubernetesClient client = KubeClient.of(cluster.kubeconfig())) {
      try (InputStream yaml = MachineClusterTest.class.getResourceAsStream("probe.yaml")) {
        client.load(yaml).serverSideApply();
      }
      for (int i = 0; i < 3; i++) {
        awaitReady(client, "probe-" + i, true);
      }
      assertThat(pods(client))
          .extracting(pod -> pod.getSpec().getNodeName())
          .doesNotHaveDuplicates();
      namesLeadToPods(client);
      aKilledZoneComesBackWithItsData(client);
      aCutOffZoneRunsOn(client);
      podsDoNotNeedTheApiServer(client);
    }
    cluster.down();
    assertNothingIsLeft();
  }

  @Test
  void whatAnInterruptedUpLeftIsRemoved() throws Exception {
    Thread up =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    cluster.up(Progress.silent());
                  } catch (RuntimeException _) {
                    // Interrupted, as it is meant to be.
                  }
                });
    Processes.await(() -> new Processes(layout).runs(Zone.B.node()), LIMIT, "no node starts");
    up.interrupt();
    up.join();
    assertThat(cluster.status().state()).isEqualTo(ClusterStatus.State.UNFINISHED);
    cluster.down();
    assertNothingIsLeft();
  }

  private void namesLeadToPods(KubernetesClient client) throws Exception {
    Pod first = pod(client, "probe-0");
    Pod second = pod(client, "probe-1");
    // Of a pod's name and of a Service's address (kube-proxy) the nodes learn a moment after the
    // pods are ready.
    for (String name : List.of("probe-1.probe", "probe-2.probe")) {
      Processes.await(
          () -> answers(first, "/lookup?name=" + name), LIMIT, name + " leads to no pod");
    }
    assertThat(ask(first, "/lookup?name=probe-1.probe")).isEqualTo(second.getStatus().getPodIP());
    assertThat(ask(first, "/get?url=http://probe-2.probe:8080/starts").lines()).hasSize(1);
    // By way of the Service's own address; the pod that asks is among those behind.
    Processes.await(
        () -> answers(first, "/get?url=http://any.default.svc.cluster.local/starts"),
        LIMIT,
        "the Service does not lead to its pods");
    for (int i = 0; i < 6; i++) {
      assertThat(ask(first, "/get?url=http://any.default.svc.cluster.local/starts").lines())
          .hasSize(1);
    }
  }

  private void aKilledZoneComesBackWithItsData(KubernetesClient client) throws Exception {
    String victim = on(client, Zone.C);
    cluster.killZone(Zone.C);
    assertThatThrownBy(() -> cluster.killZone(Zone.C)).isInstanceOf(ClusterException.class);
    awaitReady(client, victim, false);
    assertThat(ask(pod(client, on(client, Zone.A)), "/starts").lines()).hasSize(1);
    cluster.restoreZone(Zone.C);
    awaitReady(client, victim, true);
    Processes.await(
        () -> lines(pod(client, victim)) == 2, LIMIT, "the pod has not found its data again");
  }

  private void aCutOffZoneRunsOn(KubernetesClient client) throws Exception {
    String victim = on(client, Zone.B);
    long before = lines(pod(client, victim));
    cluster.cutZone(Zone.B);
    awaitReady(client, victim, false);
    assertThat(cluster.status().nodes())
        .extracting(ClusterStatus.Node::note)
        .containsExactly("", "cut off", "");
    cluster.healZone(Zone.B);
    awaitReady(client, victim, true);
    assertThat(lines(pod(client, victim))).isBetween(before, before + 1);
  }

  private void podsDoNotNeedTheApiServer(KubernetesClient client) throws Exception {
    Pod pod = pod(client, on(client, Zone.A));
    cluster.stopApi();
    assertThat(cluster.status().api()).isFalse();
    assertThat(ask(pod, "/lookup?name=any.default.svc.cluster.local")).startsWith("198.19.");
    cluster.startApi();
    assertThat(cluster.status().api()).isTrue();
  }

  private String on(KubernetesClient client, Zone zone) {
    return pods(client).stream()
        .filter(pod -> zone.node().equals(pod.getSpec().getNodeName()))
        .map(pod -> pod.getMetadata().getName())
        .findFirst()
        .orElseThrow();
  }

  private List<Pod> pods(KubernetesClient client) {
    return client.pods().inNamespace("default").withLabel("app", "probe").list().getItems();
  }

  private static Pod pod(KubernetesClient client, String name) {
    return client.pods().inNamespace("default").withName(name).require();
  }

  private static void awaitReady(KubernetesClient client, String name, boolean ready) {
    Processes.await(
        () -> {
          Pod pod = client.pods().inNamespace("default").withName(name).get();
          return pod != null
              && pod.getStatus().getConditions().stream()
                  .anyMatch(
                      c ->
                          c.getType().equals("Ready")
                              && c.getStatus().equals(ready ? "True" : "False"));
        },
        LIMIT,
        name + " does not get Ready=" + ready);
  }

  private long lines(Pod pod) {
    try {
      HttpResponse<String> response = get(pod, "/starts");
      return response.statusCode() == OK ? response.body().lines().count() : 0;
    } catch (IOException _) {
      return 0;
    }
  }

  private boolean answers(Pod pod, String path) {
    try {
      return get(pod, path).statusCode() == OK;
    } catch (IOException _) {
      return false;
    }
  }

  private String ask(Pod pod, String path) throws IOException {
    HttpResponse<String> response = get(pod, path);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(OK);
    return response.body();
  }

  private HttpResponse<String> get(Pod pod, String path) throws IOException {
    try (Forward forward = cluster.forward(pod.getStatus().getPodIP(), PORT)) {
      return http.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + forward.port() + path))
              .timeout(Duration.ofSeconds(10))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private Path probe() {
    Path program = folder.resolve("probe");
    Command.must(
        LIMIT,
        "env",
        "CGO_ENABLED=0",
        "GOWORK=off",
        "go",
        "build",
        "-C",
        Path.of("src/test/go/probe").toAbsolutePath().toString(),
        "-trimpath",
        "-o",
        program.toString(),
        ".");
    Path tar = folder.resolve("probe.tar");
    SmallImage.write(program, "partita/probe:1", tar);
    return tar;
  }

  private void assertNothingIsLeft() throws IOException {
    assertThat(layout.folder()).doesNotExist();
    assertThat(new Processes(layout).all()).isEmpty();
    assertThat(Files.readAllLines(Path.of("/proc/self/mountinfo")))
        .noneMatch(
            line -> line.contains(layout.prefix()) || line.contains(layout.folder().toString()));
    for (Path root : List.of(Path.of("/sys/fs/cgroup"), Path.of("/run"))) {
      try (Stream<Path> entries = Files.walk(root, 6)) {
        assertThat(entries).noneMatch(path -> path.toString().contains(layout.prefix()));
      }
    }
  }
}
