package dev.partita.operator.cluster;

import dev.partita.crds.StorageCluster;
import dev.partita.crds.StorageClusterSpec;
import dev.partita.crds.Topology;
import dev.partita.operator.Settings;
import dev.partita.operator.cluster.objects.ClusterSecret;
import dev.partita.operator.cluster.objects.PodsConfigMap;
import dev.partita.operator.cluster.objects.StorageStatefulSet;
import dev.partita.operator.cluster.objects.Wanted;
import dev.partita.operator.pods.PodReports.Answer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Observations for tests: three ready pods of the wanted revision in three zones, until something
/// is changed.
final class Sight {

  static final Instant NOW = Instant.parse("2026-11-22T15:00:00Z");
  static final Settings SETTINGS =
      new Settings("storage:1", Set.of(), false, "partita-system", "operator-1", 0);

  private final StorageCluster cluster = cluster(Topology.THREE_ZONES);
  private final Map<String, PodView> pods = new TreeMap<>();
  private final Map<String, NodeView> nodes = new HashMap<>();
  private Map<String, Answer> answers = new Reports().answers();
  private boolean asked = true;
  private Optional<Trouble> clientTls = Optional.empty();
  private Optional<Instant> missingSince = Optional.empty();
  private final Map<String, Secret> secrets = new HashMap<>();
  private Instant now = NOW;
  private Instant made = NOW.minusSeconds(600);
  private @Nullable String podsFile;
  private Topology topology = Topology.THREE_ZONES;

  Sight() {
    for (int i = 0; i < 3; i++) {
      String zone = "zone-" + "abc".charAt(i);
      pods.put("orders-" + i, pod(i, "new", true, null));
      nodes.put("node-" + i, new NodeView("node-" + i, zone, true, true));
    }
  }

  static StorageCluster cluster(Topology topology) {
    StorageCluster cluster = new StorageCluster();
    cluster.getMetadata().setNamespace("shop");
    cluster.getMetadata().setName("orders");
    cluster.getMetadata().setUid("00000000-0000-0000-0000-000000000001");
    cluster.getMetadata().setGeneration(1L);
    cluster.setSpec(
        new StorageClusterSpec(
            topology, null, null, List.of(), null, null, null, null, null, null, null, null, null));
    return cluster;
  }

  private PodView pod(int ordinal, String revision, boolean ready, @Nullable Instant terminating) {
    return new PodView(
        "orders-" + ordinal,
        "uid-" + ordinal,
        revision,
        "node-" + ordinal,
        "storage:1",
        ready,
        true,
        terminating,
        made,
        Optional.empty(),
        Map.of());
  }

  Sight topology(Topology wanted) {
    topology = wanted;
    return this;
  }

  Sight outdated(int... ordinals) {
    for (int i : ordinals) {
      pods.compute("orders-" + i, (_, p) -> pod(i, "old", p != null && p.ready(), null));
    }
    return this;
  }

  Sight unready(int... ordinals) {
    for (int i : ordinals) {
      pods.computeIfPresent(
          "orders-" + i, (_, p) -> pod(i, String.valueOf(p.revision()), false, null));
    }
    return this;
  }

  /// Not ready, since the container does not run.
  Sight broken(int... ordinals) {
    unready(ordinals);
    for (int i : ordinals) {
      pods.computeIfPresent("orders-" + i, (_, p) -> troubled(p, Optional.empty()));
    }
    return this;
  }

  private static PodView troubled(PodView pod, Optional<Trouble> trouble) {
    return new PodView(
        pod.name(),
        pod.uid(),
        pod.revision(),
        pod.node(),
        pod.image(),
        false,
        false,
        null,
        pod.createdAt(),
        trouble,
        pod.annotations());
  }

  Sight clientTls(Trouble trouble) {
    clientTls = Optional.of(trouble);
    return this;
  }

  /// Pods that are changed from here on were made just now.
  Sight young() {
    made = NOW.minusSeconds(60);
    return this;
  }

  Sight terminating(int ordinal) {
    pods.computeIfPresent(
        "orders-" + ordinal,
        (_, p) -> pod(ordinal, String.valueOf(p.revision()), false, NOW.minusSeconds(5)));
    return this;
  }

  Sight missing(int ordinal) {
    pods.remove("orders-" + ordinal);
    missingSince = Optional.of(NOW);
    return this;
  }

  /// A Secret that has been as it is since NOW.
  Sight secret(String name, Map<String, String> texts) {
    Secret secret = ClusterSecret.of(Wanted.of(cluster, SETTINGS), name, texts, Map.of());
    secret.getMetadata().setCreationTimestamp(NOW.toString());
    secrets.put(name, secret);
    return this;
  }

  Sight paused() {
    cluster.setSpec(Serialization.unmarshal("paused: true", StorageClusterSpec.class));
    return this;
  }

  Sight lostNode(int ordinal) {
    nodes.computeIfPresent(
        "node-" + ordinal, (n, node) -> new NodeView(n, node.zone(), true, false));
    return this;
  }

  Sight sameZone(int ordinal, int other) {
    NodeView node = nodes.get("node-" + other);
    if (node != null) {
      nodes.computeIfPresent("node-" + ordinal, (n, _) -> new NodeView(n, node.zone(), true, true));
    }
    return this;
  }

  Sight complaint(int ordinal, Trouble trouble) {
    pods.computeIfPresent("orders-" + ordinal, (_, p) -> troubled(p, Optional.of(trouble)));
    return this;
  }

  /// The cluster has the status that comes of an earlier sight.
  Sight after(Sight earlier) {
    Observation seen = earlier.see();
    cluster.setStatus(StatusOf.of(seen, acted(seen)));
    podsFile = ((PodsFile.Complete) Actor.podsFile(seen)).text();
    return this;
  }

  /// Everything that was decided was done.
  static Actor.Acted acted(Observation seen) {
    return new Actor.Acted(
        Actor.podsFile(seen), Restart.of(seen), Map.of(), true, Optional.empty(), Optional.empty());
  }

  Sight at(Instant time) {
    now = time;
    return this;
  }

  Sight answers(Reports reports) {
    answers = reports.answers();
    return this;
  }

  Sight notAsked() {
    asked = false;
    return this;
  }

  Observation see() {
    StorageCluster seen = topology == Topology.THREE_ZONES ? cluster : cluster(topology);
    Wanted wanted = Wanted.of(seen, SETTINGS);
    StatefulSet set =
        new StatefulSetBuilder(StorageStatefulSet.of(wanted, "storage:1", null))
            .editMetadata()
            .withGeneration(2L)
            .endMetadata()
            .withNewStatus()
            .withObservedGeneration(2L)
            .withUpdateRevision("new")
            .endStatus()
            .build();
    List<HasMetadata> objects = new ArrayList<>(List.of(set));
    if (podsFile != null) {
      objects.add(PodsConfigMap.of(wanted, podsFile));
    }
    return new Observation(
        seen,
        wanted,
        now,
        new Existing(objects),
        List.copyOf(pods.values()),
        nodes,
        secrets,
        answers,
        asked,
        missingSince,
        Optional.empty(),
        clientTls);
  }
}
