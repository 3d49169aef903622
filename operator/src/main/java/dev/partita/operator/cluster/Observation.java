package dev.partita.operator.cluster;

import dev.partita.crds.StorageCluster;
import dev.partita.operator.cluster.objects.Wanted;
import dev.partita.operator.kube.Owners;
import dev.partita.operator.pods.PodReports.Answer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Everything that is known of a cluster at one moment. All decisions are functions of it.
///
/// @param pods those of its StatefulSet, ordered by name
/// @param nodes by name, those that the pods are on
/// @param secrets by name, read this moment
/// @param answers of the pods by name
/// @param askedNow whether the answers were given this moment, and the pods read this moment too;
///   they are when a restart is to be decided
/// @param missingSince when a pod was found missing that its StatefulSet should make
/// @param unmade why a volume or a pod is not made
/// @param clientTls what is wrong with the certificate of the client port
public record Observation(
    StorageCluster cluster,
    Wanted wanted,
    Instant now,
    Existing existing,
    List<PodView> pods,
    Map<String, NodeView> nodes,
    Map<String, Secret> secrets,
    Map<String, Answer> answers,
    boolean askedNow,
    Optional<Instant> missingSince,
    Optional<Trouble> unmade,
    Optional<Trouble> clientTls) {

  public Optional<PodView> pod(String name) {
    return pods.stream().filter(p -> p.name().equals(name)).findFirst();
  }

  public @Nullable StatefulSet statefulSet() {
    return existing.find(StatefulSet.class, wanted.names().statefulSet());
  }

  /// The revision that pods should be of; null while the StatefulSet's controller has not seen its
  /// last change yet.
  public @Nullable String wantedRevision() {
    return wantedRevision(statefulSet());
  }

  static @Nullable String wantedRevision(@Nullable StatefulSet set) {
    return set == null
            || set.getStatus() == null
            || !Objects.equals(
                set.getStatus().getObservedGeneration(), set.getMetadata().getGeneration())
        ? null
        : set.getStatus().getUpdateRevision();
  }

  /// Whether a pod was made from an older template than the one that is wanted.
  public boolean outdated(PodView pod) {
    String revision = wantedRevision();
    return revision != null && !revision.equals(pod.revision());
  }

  public @Nullable NodeView node(PodView pod) {
    return pod.node() == null ? null : nodes.get(pod.node());
  }

  /// Whether a pod's node is known to be lost: nothing that is asked of the pod happens there.
  public boolean onLostNode(PodView pod) {
    NodeView node = node(pod);
    return node != null && !node.ready();
  }

  /// Whether an object belongs to this StorageCluster, not only by its name and labels.
  public boolean owns(HasMetadata object) {
    return Owners.owns(cluster, object);
  }

  public boolean paused() {
    return Boolean.TRUE.equals(wanted.spec().paused());
  }
}
