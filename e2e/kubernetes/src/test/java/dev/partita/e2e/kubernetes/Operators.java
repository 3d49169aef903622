package dev.partita.e2e.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.partita.kube.Zone;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The operator, as its chart installs it: one pod, or several of which one holds the Lease.
final class Operators {

  /// Where the release is.
  static final String NAMESPACE = "partita-system";

  private static final Path CHART = Stage.ROOT.resolve("charts/partita");
  private static final String RELEASE = "partita";
  private static final String NAME = "partita-operator";
  private static final Duration READY = Duration.ofMinutes(3);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Stage stage;

  Operators(Stage stage) {
    this.stage = stage;
  }

  /// What `helm test` does.
  Command.Result test() throws IOException, InterruptedException {
    return stage.helm("test", RELEASE, "-n", NAMESPACE, "--timeout", "4m", "--logs");
  }

  /// `helm install`, or what is newer than what is there, and returns when an operator works.
  ///
  /// @param values as `--set` takes them
  void install(String... values) throws IOException, InterruptedException {
    List<String> words =
        new ArrayList<>(List.of("upgrade", "--install", RELEASE, CHART.toString()));
    words.addAll(List.of("-n", NAMESPACE, "--create-namespace"));
    // Without it an upgrade without values keeps those of the last one.
    words.add("--reset-values");
    for (String value : values) {
      words.addAll(List.of("--set", value));
    }
    stage.helm(words.toArray(String[]::new)).ok();
    // An image of the same name may be another one now.
    killAll();
    awaitWorking();
  }

  /// Returns when some operator holds the Lease and is ready.
  void awaitWorking() throws InterruptedException {
    Await.until(
        "an operator is ready and holds the Lease",
        READY,
        () -> pods().stream().anyMatch(p -> ready(p) && name(p).equals(leader())),
        () -> leader() + " of " + pods().stream().map(Operators::name).toList());
  }

  /// The pod whose operator holds the Lease; empty for none.
  String leader() {
    Lease lease = stage.client().leases().inNamespace(NAMESPACE).withName(NAME).get();
    return lease == null || lease.getSpec().getHolderIdentity() == null
        ? ""
        : lease.getSpec().getHolderIdentity();
  }

  /// How many operators are ready.
  long ready() {
    return pods().stream().filter(Operators::ready).count();
  }

  /// Sees to it that the operator runs in another zone.
  void moveFrom(Zone zone) throws IOException, InterruptedException {
    if (zoneOfLeader() != zone) {
      return;
    }
    String node = leaderPod().getSpec().getNodeName();
    stage.kubectl(null, List.of("cordon", node)).ok();
    try {
      killAll();
      awaitWorking();
    } finally {
      stage.kubectl(null, List.of("uncordon", node)).ok();
    }
  }

  /// Where the operator runs that holds the Lease.
  Zone zoneOfLeader() {
    return stage.zone(leaderPod());
  }

  void uninstall() throws IOException, InterruptedException {
    stage.helm("uninstall", RELEASE, "-n", NAMESPACE, "--wait").ok();
    Await.until("the operator is gone", READY, () -> pods().isEmpty());
  }

  /// Kills all operators by SIGKILL. Their pods are deleted then, because a container that is
  /// killed again and again is started again ever later.
  ///
  /// @return the pods in which something ran
  List<String> killAll() {
    List<String> killed = new ArrayList<>();
    for (Pod pod : pods()) {
      if (pod.getSpec().getNodeName() != null && stage.killPod(pod) > 0) {
        killed.add(name(pod));
      }
      stage.client().resource(pod).withGracePeriod(0).delete();
    }
    return killed;
  }

  /// Kills the operator that holds the Lease, and no other.
  ///
  /// @return its pod
  String killLeader() {
    Pod pod = leaderPod();
    if (stage.killPod(pod) == 0) {
      throw new AssertionError("nothing ran in " + name(pod));
    }
    stage.client().resource(pod).withGracePeriod(0).delete();
    return name(pod);
  }

  private Pod leaderPod() {
    String leader = leader();
    return pods().stream().filter(p -> name(p).equals(leader)).findFirst().orElseThrow();
  }

  private static String name(Pod pod) {
    return pod.getMetadata().getName();
  }

  private List<Pod> pods() {
    return stage
        .client()
        .pods()
        .inNamespace(NAMESPACE)
        .withLabel("app.kubernetes.io/name", NAME)
        .list()
        .getItems();
  }

  /// What the operator's processes have in memory, in bytes, as its node's kubelet counts it.
  long memory() throws IOException {
    Pod operator = pods().getFirst();
    JsonNode summary =
        JSON.readTree(
            stage
                .client()
                .raw("/api/v1/nodes/" + operator.getSpec().getNodeName() + "/proxy/stats/summary"));
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
}
