package dev.partita.operator.cluster;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One pod as Kubernetes shows it.
///
/// @param revision of the StatefulSet that it was made from
/// @param ready its Ready condition; `kubectl get pods` may say otherwise of a lost node's pods
/// @param runs whether its container has started and not ended; a process that pauses runs
/// @param terminatingSince when it was asked to stop; null if it was not
/// @param complaint why it does not run; empty while it does
public record PodView(
    String name,
    String uid,
    @Nullable String revision,
    @Nullable String node,
    @Nullable String image,
    boolean ready,
    boolean runs,
    @Nullable Instant terminatingSince,
    Instant createdAt,
    Optional<Trouble> complaint,
    Map<String, String> annotations) {

  /// The scheduler complains about volumes that are just being made.
  private static final Duration SCHEDULING_GRACE = Duration.ofSeconds(15);

  private static final String REVISION = "controller-revision-hash";

  public static PodView of(Pod pod) {
    Map<String, String> labels = pod.getMetadata().getLabels();
    Map<String, String> annotations = pod.getMetadata().getAnnotations();
    String deleted = pod.getMetadata().getDeletionTimestamp();
    return new PodView(
        pod.getMetadata().getName(),
        String.valueOf(pod.getMetadata().getUid()),
        labels == null ? null : labels.get(REVISION),
        pod.getSpec() == null ? null : pod.getSpec().getNodeName(),
        image(pod),
        condition(pod, "Ready").filter(c -> "True".equals(c.getStatus())).isPresent(),
        container(pod).filter(PodView::runs).isPresent(),
        deleted == null ? null : Instant.parse(deleted),
        Instant.parse(pod.getMetadata().getCreationTimestamp()),
        Trouble.of(pod),
        annotations == null ? Map.of() : Map.copyOf(annotations));
  }

  public boolean terminating() {
    return terminatingSince != null;
  }

  /// Why it does not run, once that is more than a matter of time.
  public Optional<Trouble> trouble(Instant now) {
    boolean young = now.isBefore(createdAt.plus(SCHEDULING_GRACE));
    return young && node == null ? Optional.empty() : complaint;
  }

  static Optional<PodCondition> condition(Pod pod, String type) {
    return pod.getStatus() == null || pod.getStatus().getConditions() == null
        ? Optional.empty()
        : pod.getStatus().getConditions().stream()
            .filter(c -> type.equals(c.getType()))
            .findFirst();
  }

  static Optional<ContainerStatus> container(Pod pod) {
    return pod.getStatus() == null || pod.getStatus().getContainerStatuses() == null
        ? Optional.empty()
        : pod.getStatus().getContainerStatuses().stream().findFirst();
  }

  private static boolean runs(ContainerStatus status) {
    return status.getState() != null
        && status.getState().getRunning() != null
        && !Boolean.FALSE.equals(status.getStarted());
  }

  private static @Nullable String image(Pod pod) {
    return pod.getSpec() == null || pod.getSpec().getContainers().isEmpty()
        ? null
        : pod.getSpec().getContainers().getFirst().getImage();
  }
}
