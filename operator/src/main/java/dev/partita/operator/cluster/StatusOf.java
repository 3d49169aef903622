package dev.partita.operator.cluster;

import dev.partita.crds.StorageCluster;
import dev.partita.crds.StorageClusterStatus;
import dev.partita.crds.Topology;
import dev.partita.operator.cluster.Actor.Acted;
import dev.partita.operator.kube.Conditions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The status of a StorageCluster, from what was seen and done. Every word of it is explained in
/// `docs/operations/clusters.md`.
final class StatusOf {

  static final String READY = "Ready";
  static final String AVAILABLE = "Available";
  static final String PROGRESSING = "Progressing";
  static final String DEGRADED = "Degraded";
  static final String ZONES_SPREAD = "ZonesSpread";
  static final String CERTIFICATES_READY = "CertificatesReady";

  private static final String QUORUM_LOST = "QuorumLost";
  private static final int ZONES = 3;

  /// So long a pod may take to be made and ready before that is worth a warning.
  private static final Duration STARTING_GRACE = Duration.ofMinutes(3);

  private final Observation seen;
  private final Acted acted;
  private final Restart restart;
  private final int ready;
  private final int wanted;
  private final Optional<Trouble> certificates;
  private final List<Trouble> troubles;

  /// Whether it has ever served.
  private final boolean started;

  private StatusOf(Observation seen, Acted acted) {
    this.seen = seen;
    this.acted = acted;
    this.restart = acted.restart();
    this.wanted = seen.wanted().pods();
    this.ready = (int) seen.pods().stream().filter(p -> p.ready() && !p.terminating()).count();
    this.started =
        Conditions.find(before(), AVAILABLE)
            .filter(c -> "True".equals(c.getStatus()) || QUORUM_LOST.equals(c.getReason()))
            .isPresent();
    this.certificates =
        acted.certificates().or(seen::clientTls).or(() -> CertificatesInUse.trouble(seen));
    this.troubles = Troubles.of(seen, acted, certificates);
  }

  static StorageClusterStatus of(Observation seen, Acted acted) {
    return new StatusOf(seen, acted).status();
  }

  private @Nullable List<io.fabric8.kubernetes.api.model.Condition> before() {
    StorageClusterStatus status = seen.cluster().getStatus();
    return status == null ? null : status.conditions();
  }

  private StorageClusterStatus status() {
    StorageCluster cluster = seen.cluster();
    Long generation = cluster.getMetadata().getGeneration();
    Conditions conditions = new Conditions(before(), generation, seen.now());
    ready(conditions);
    available(conditions);
    progressing(conditions);
    degraded(conditions);
    zonesSpread(conditions);
    certificates(conditions);
    return new StorageClusterStatus(
        generation,
        seen.wanted().url(),
        seen.wanted().region(),
        ready + "/" + wanted,
        seen.wanted().image(),
        seen.pods().stream().map(this::pod).toList(),
        conditions.all());
  }

  private StorageClusterStatus.Pod pod(PodView pod) {
    NodeView node = seen.node(pod);
    return new StorageClusterStatus.Pod(
        pod.name(),
        node == null ? null : node.zone(),
        pod.node(),
        pod.ready() && !pod.terminating(),
        pod.image(),
        seen.outdated(pod));
  }

  private boolean allReady() {
    return ready == wanted && acted.podsFile() instanceof PodsFile.Complete;
  }

  private void ready(Conditions conditions) {
    Optional<Trouble> first = troubles.stream().findFirst();
    if (allReady() && first.isEmpty()) {
      conditions.isTrue(READY, "AllPodsReady", "all pods serve");
    } else if (first.isPresent()) {
      conditions.isFalse(READY, first.get().reason(), first.get().sentence());
    } else if (!started) {
      conditions.isFalse(READY, "Starting", starting());
    } else {
      conditions.isFalse(
          READY,
          restart instanceof Restart.None ? "PodsNotReady" : "Restarting",
          ready + " of " + wanted + " pods are ready");
    }
  }

  private String starting() {
    return acted.podsFile() instanceof PodsFile.Waiting(List<String> pods)
        ? "waiting for nodes and zones of " + String.join(", ", pods)
        : ready + " of " + wanted + " pods are ready";
  }

  private void available(Conditions conditions) {
    int quorum = wanted / 2 + 1;
    String message = ready + " of " + wanted + " pods are ready, " + quorum + " are needed";
    if (ready >= quorum) {
      conditions.isTrue(AVAILABLE, "QuorumReady", message);
    } else {
      conditions.isFalse(AVAILABLE, started ? QUORUM_LOST : "Starting", message);
    }
  }

  private void progressing(Conditions conditions) {
    if (seen.paused()) {
      conditions.isFalse(PROGRESSING, "Paused", "spec.paused is set: nothing is changed");
      return;
    }
    switch (restart) {
      case Restart.Go(PodView pod, _) ->
          conditions.isTrue(PROGRESSING, "Restarting", "restarting pod " + pod.name());
      case Restart.Replace(PodView pod, _) ->
          conditions.isTrue(PROGRESSING, "Restarting", "restarting pod " + pod.name());
      case Restart.Wait(String why) ->
          conditions.isTrue(PROGRESSING, "Restarting", "waiting with the next restart: " + why);
      case Restart.None _ -> {
        if (acted.podsFile() instanceof PodsFile.Waiting) {
          conditions.isTrue(PROGRESSING, "WaitingForZones", starting());
        } else if (!allReady()) {
          conditions.isTrue(PROGRESSING, started ? "PodsStarting" : "Starting", starting());
        } else if (!acted.settled()) {
          conditions.isTrue(
              PROGRESSING, "ExchangingAuthority", "the certificate authority is being exchanged");
        } else {
          conditions.isFalse(PROGRESSING, "Settled", "nothing is to be done");
        }
      }
    }
  }

  private void degraded(Conditions conditions) {
    if (!troubles.isEmpty()) {
      conditions.isTrue(
          DEGRADED,
          troubles.getFirst().reason(),
          String.join("; ", troubles.stream().map(Trouble::sentence).toList()));
    } else if (ready < wanted && restart instanceof Restart.None && !coming()) {
      conditions.isTrue(DEGRADED, "PodsNotReady", ready + " of " + wanted + " pods are ready");
    } else {
      conditions.isFalse(DEGRADED, "AsExpected", "nothing is wrong");
    }
  }

  /// Whether every pod that is not ready is on its way: just gone, going, or just made.
  private boolean coming() {
    Instant young = seen.now().minus(STARTING_GRACE);
    return seen.missingSince().filter(since -> !since.isAfter(young)).isEmpty()
        && seen.pods().stream()
            .filter(p -> !p.ready() && !p.terminating())
            .allMatch(p -> p.createdAt().isAfter(young));
  }

  private void zonesSpread(Conditions conditions) {
    Topology topology = seen.wanted().topology();
    if (topology == Topology.SINGLE_REPLICA) {
      conditions.remove(ZONES_SPREAD);
      return;
    }
    Optional<Trouble> tooFew =
        troubles.stream().filter(t -> t.reason().equals(Trouble.TOO_FEW_ZONES)).findFirst();
    if (tooFew.isPresent()) {
      conditions.isFalse(
          ZONES_SPREAD,
          Trouble.TOO_FEW_ZONES,
          tooFew.get().sentence()
              + "; add nodes in more zones, or accept fewer by spec.topology: SharedZones");
      return;
    }
    if (acted.podsFile() instanceof PodsFile.Waiting) {
      conditions.isUnknown(ZONES_SPREAD, "Waiting", starting());
      return;
    }
    Set<String> zones = zones();
    String message = "pods are in " + String.join(", ", zones);
    if (zones.size() >= ZONES) {
      conditions.isTrue(ZONES_SPREAD, "ThreeZones", message);
    } else if (topology == Topology.SHARED_ZONES) {
      conditions.isFalse(
          ZONES_SPREAD,
          "SharedZones",
          message + ": the loss of one zone may stop the cluster, as spec.topology allows");
    } else {
      conditions.isFalse(ZONES_SPREAD, Trouble.TOO_FEW_ZONES, message);
    }
  }

  /// By the pods file, which also knows the zones of pods that have no node this moment.
  private Set<String> zones() {
    return acted.podsFile() instanceof PodsFile.Complete(String text)
        ? new TreeSet<>(PodsFile.zones(text).values())
        : new TreeSet<>();
  }

  private void certificates(Conditions conditions) {
    if (certificates.isPresent()) {
      conditions.isFalse(
          CERTIFICATES_READY, certificates.get().reason(), certificates.get().sentence());
    } else if (!seen.paused() || Conditions.find(before(), CERTIFICATES_READY).isPresent()) {
      conditions.isTrue(CERTIFICATES_READY, "Issued", "every port has a certificate");
    }
  }

  /// What is wrong, the most telling first.
  private static final class Troubles {

    private Troubles() {}

    static List<Trouble> of(Observation seen, Acted acted, Optional<Trouble> certificates) {
      List<Trouble> troubles = new ArrayList<>();
      if (seen.wanted().image() == null) {
        troubles.add(
            new Trouble(
                "NoImage",
                "spec.image names no image, and the operator was started without"
                    + " PARTITA_STORAGE_IMAGE"));
      }
      acted.objects().ifPresent(troubles::add);
      certificates.ifPresent(troubles::add);
      seen.unmade().ifPresent(troubles::add);
      pods(seen, troubles);
      return troubles;
    }

    /// Three pods mostly have the same trouble: it is told once.
    private static void pods(Observation seen, List<Trouble> troubles) {
      Map<String, Trouble> first = new LinkedHashMap<>();
      Map<String, List<String>> others = new HashMap<>();
      for (PodView pod : seen.pods()) {
        Optional<Trouble> found = lost(seen, pod).or(() -> pod.trouble(seen.now()));
        if (found.isPresent() && first.putIfAbsent(found.get().reason(), found.get()) != null) {
          others.computeIfAbsent(found.get().reason(), _ -> new ArrayList<>()).add(pod.name());
        }
      }
      first.forEach(
          (reason, trouble) -> {
            List<String> also = others.getOrDefault(reason, List.of());
            troubles.add(also.isEmpty() ? trouble : trouble.alsoOf(also));
          });
    }

    private static Optional<Trouble> lost(Observation seen, PodView pod) {
      return seen.onLostNode(pod) && (!pod.ready() || pod.terminating())
          ? Optional.of(
              new Trouble(
                  "NodeLost",
                  "pod "
                      + pod.name()
                      + " is on node "
                      + pod.node()
                      + ", which is not ready; it comes back with the node, and is left alone"
                      + " until then"))
          : Optional.empty();
    }
  }
}
