package dev.partita.model.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.model.placement.Placement.Plan;
import dev.partita.model.placement.Placement.Pod;
import dev.partita.testing.Seeded;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class PlacementTest {

  @Test
  void threePodsInThreeZonesHoldAReplicaEach() {
    Plan plan = Placement.place(pods("a", "b", "c"), 6, 3);
    assertThat(plan.degraded()).isFalse();
    assertThat(plan.zones()).isEqualTo(3);
    assertThat(plan.partitions())
        .hasSize(6)
        .allSatisfy(p -> assertThat(p).containsExactlyInAnyOrder("pod-0", "pod-1", "pod-2"));
    Map<String, Integer> leads = new HashMap<>();
    plan.partitions().forEach(p -> leads.merge(p.getFirst(), 1, Integer::sum));
    assertThat(leads).isEqualTo(Map.of("pod-0", 2, "pod-1", 2, "pod-2", 2));
  }

  @Test
  void onePodAloneHoldsOneReplicaAndThePlanSaysSo() {
    Plan plan = Placement.place(pods("a"), 2, 3);
    assertThat(plan.partitions()).containsExactly(List.of("pod-0"), List.of("pod-0"));
    assertThat(plan.factor()).isEqualTo(1);
    assertThat(plan.degraded()).isTrue();
  }

  @Test
  void twoPodsHoldTwoReplicas() {
    Plan plan = Placement.place(pods("a", "b"), 1, 3);
    assertThat(plan.partitions().getFirst()).containsExactlyInAnyOrder("pod-0", "pod-1");
    assertThat(plan.degraded()).isTrue();
  }

  @Test
  void zonesThatAreTooFewAreAllUsed() {
    Plan plan = Placement.place(pods("a", "a", "a", "b"), 1, 3);
    assertThat(plan.partitions().getFirst()).contains("pod-3");
    assertThat(plan.zones()).isEqualTo(2);
  }

  @Test
  void podsThatHoldMuchGetLess() {
    List<Pod> pods =
        List.of(
            new Pod("full", "a", 10),
            new Pod("free", "a", 0),
            new Pod("b", "b", 3),
            new Pod("c", "c", 3));
    assertThat(Placement.place(pods, 5, 3).partitions())
        .allSatisfy(p -> assertThat(p).contains("free", "b", "c"));
  }

  @Test
  void twoPodsOfOneNameAreRefused() {
    List<Pod> pods = List.of(new Pod("x", "a", 0), new Pod("x", "b", 0));
    assertThatThrownBy(() -> Placement.place(pods, 1, 3))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Placement.place(List.of(), 1, 3))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Seeded(500)
  void replicasSpreadOverZonesAndBalance(RandomGenerator random) {
    int zones = 1 + random.nextInt(5);
    int perZone = 1 + random.nextInt(4);
    List<Pod> pods = new ArrayList<>();
    for (int i = 0; i < zones * perZone; i++) {
      pods.add(new Pod("pod-" + i, "zone-" + i % zones, 0));
    }
    int partitions = random.nextInt(60);
    Plan plan = Placement.place(pods, partitions, 3);
    Map<String, String> zoneOf = new HashMap<>();
    pods.forEach(pod -> zoneOf.put(pod.name(), pod.zone()));
    Map<String, Integer> replicas = new HashMap<>();
    pods.forEach(pod -> replicas.put(pod.name(), 0));
    for (List<String> peers : plan.partitions()) {
      assertThat(peers).hasSize(Math.min(3, pods.size())).doesNotHaveDuplicates();
      long used = peers.stream().map(zoneOf::get).distinct().count();
      assertThat(used).isEqualTo(Math.min(zones, peers.size()));
      peers.forEach(peer -> replicas.merge(peer, 1, Integer::sum));
    }
    if (zones >= 3) {
      int most = replicas.values().stream().mapToInt(i -> i).max().orElseThrow();
      int least = replicas.values().stream().mapToInt(i -> i).min().orElseThrow();
      assertThat(most - least).isLessThanOrEqualTo(1);
    }
  }

  private static List<Pod> pods(String... zones) {
    List<Pod> pods = new ArrayList<>();
    for (String zone : zones) {
      pods.add(new Pod("pod-" + pods.size(), zone, 0));
    }
    return pods;
  }
}
