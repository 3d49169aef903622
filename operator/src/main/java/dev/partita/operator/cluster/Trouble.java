package dev.partita.operator.cluster;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Why something does not run, for people.
///
/// @param reason one word in UpperCamelCase
/// @param sentence that names what it is about
public record Trouble(String reason, String sentence) {

  public static final String UNSCHEDULABLE = "Unschedulable";
  public static final String TOO_FEW_ZONES = "TooFewZones";

  /// What a container waits for when nothing is wrong.
  private static final Set<String> HARMLESS = Set.of("ContainerCreating", "PodInitializing");

  /// As the scheduler says it.
  private static final String SPREAD = "topology spread constraints";

  /// An object has a name that the cluster needs, and is somebody else's.
  public static Trouble notOurs(HasMetadata object) {
    return new Trouble(
        "ObjectNotOurs",
        object.getKind()
            + " "
            + object.getMetadata().getName()
            + " is there already and does not belong to this StorageCluster");
  }

  /// The same of several pods.
  Trouble alsoOf(List<String> others) {
    return new Trouble(reason, sentence + " (also " + String.join(", ", others) + ")");
  }

  static Optional<Trouble> of(Pod pod) {
    String name = pod.getMetadata().getName();
    Optional<PodCondition> unscheduled =
        PodView.condition(pod, "PodScheduled").filter(c -> "False".equals(c.getStatus()));
    if (unscheduled.isPresent()) {
      String message = String.valueOf(unscheduled.get().getMessage());
      return Optional.of(
          new Trouble(
              message.contains(SPREAD) ? TOO_FEW_ZONES : UNSCHEDULABLE,
              "pod " + name + " finds no node: " + message));
    }
    return PodView.container(pod).flatMap(status -> of(name, status));
  }

  private static Optional<Trouble> of(String pod, ContainerStatus status) {
    ContainerState state = status.getState();
    ContainerStateWaiting waiting = state == null ? null : state.getWaiting();
    if (waiting == null || waiting.getReason() == null || HARMLESS.contains(waiting.getReason())) {
      return Optional.empty();
    }
    ContainerState last = status.getLastState();
    ContainerStateTerminated ended = last == null ? null : last.getTerminated();
    String before =
        ended == null
            ? ""
            : "; it ended before with exit code "
                + ended.getExitCode()
                + (ended.getReason() == null ? "" : " (" + ended.getReason() + ")");
    String message = waiting.getMessage() == null ? waiting.getReason() : waiting.getMessage();
    return Optional.of(
        new Trouble(waiting.getReason(), "pod " + pod + " does not start: " + message + before));
  }
}
