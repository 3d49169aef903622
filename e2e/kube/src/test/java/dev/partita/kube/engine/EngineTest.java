package dev.partita.kube.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.kube.ClusterException;
import dev.partita.kube.ClusterStatus;
import dev.partita.kube.Progress;
import dev.partita.kube.Zone;
import dev.partita.kube.tools.Command;
import dev.partita.kube.tools.StateFolder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineTest {

  @TempDir private Path folder = Path.of("");

  private final List<String> commands = new ArrayList<>();
  private final List<String> inputs = new ArrayList<>();

  @Test
  void kindIsAskedForAWorkerInEachZone() {
    KindCluster cluster = kind();
    cluster.up(Progress.silent());
    assertThat(commands.getFirst())
        .startsWith("kind create cluster --name partita-x --kubeconfig " + cluster.kubeconfig());
    @SuppressWarnings("unchecked")
    Map<String, List<Map<String, Object>>> config =
        Serialization.unmarshal(inputs.getFirst(), Map.class);
    assertThat(config.get("nodes"))
        .extracting(node -> node.get("role") + " " + node.get("labels"))
        .containsExactly(
            "control-plane null",
            "worker {topology.kubernetes.io/zone=a, topology.kubernetes.io/region=local}",
            "worker {topology.kubernetes.io/zone=b, topology.kubernetes.io/region=local}",
            "worker {topology.kubernetes.io/zone=c, topology.kubernetes.io/region=local}");
    assertThatThrownBy(() -> cluster.up(Progress.silent())).isInstanceOf(ClusterException.class);
  }

  @Test
  void aZoneOfKindIsLostByWhatDockerDoesToItsContainer() {
    KindCluster cluster = kind();
    cluster.killZone(Zone.A);
    cluster.restoreZone(Zone.A);
    cluster.cutZone(Zone.B);
    cluster.healZone(Zone.C);
    assertThat(cluster.killPod(Zone.A, "0b-1")).isZero();
    assertThat(commands.removeLast())
        .startsWith("docker exec partita-x-worker sh -c for f in")
        .endsWith(" sh 0b-1");
    assertThat(commands)
        .containsExactly(
            "docker kill partita-x-worker",
            "docker start partita-x-worker",
            "docker network disconnect kind partita-x-worker2",
            "docker network connect kind partita-x-worker3");
  }

  @Test
  void kindIsChosenOnlyWhereDockerAnswersAndKindIsThere() {
    assertThat(KindCluster.isPossible((_, _, _) -> new Command.Result(0, ""))).isTrue();
    assertThat(
            KindCluster.isPossible(
                (words, _, _) -> new Command.Result(words.getFirst().equals("docker") ? 1 : 0, "")))
        .isFalse();
    assertThat(
            KindCluster.isPossible(
                (_, _, _) -> {
                  throw new ClusterException("cannot run it");
                }))
        .isFalse();
  }

  @Test
  void theKubeconfigIsTheOneThatKubectlWouldTake() throws IOException {
    Path one = Files.writeString(folder.resolve("one"), "");
    Files.createDirectories(folder.resolve(".kube"));
    Path usual = Files.writeString(folder.resolve(".kube/config"), "");
    String home = folder.toString();
    assertThat(GivenCluster.usualKubeconfig(Map.of("HOME", home, "KUBECONFIG", "/absent:" + one)))
        .isEqualTo(one);
    assertThat(GivenCluster.usualKubeconfig(Map.of("HOME", home))).isEqualTo(usual);
    assertThatThrownBy(() -> GivenCluster.usualKubeconfig(Map.of("HOME", "/absent")))
        .isInstanceOf(ClusterException.class);
  }

  @Test
  void aGivenClusterIsNotHarmed() {
    GivenCluster cluster =
        new GivenCluster(new StateFolder(folder.resolve("x")), folder.resolve("config"));
    assertThat(cluster.status().state()).isEqualTo(ClusterStatus.State.ABSENT);
    assertThatThrownBy(() -> cluster.killZone(Zone.A)).hasMessageContaining("not ours");
    assertThatThrownBy(() -> cluster.killPod(Zone.A, "1")).hasMessageContaining("not ours");
    assertThatThrownBy(() -> cluster.loadImages(List.of())).hasMessageContaining("registry");
    cluster.down();
  }

  private KindCluster kind() {
    return new KindCluster(
        "x",
        new StateFolder(folder.resolve("x")),
        (words, input, _) -> {
          commands.add(String.join(" ", words));
          inputs.add(input);
          return new Command.Result(0, "");
        });
  }
}
