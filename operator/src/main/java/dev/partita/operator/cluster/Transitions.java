package dev.partita.operator.cluster;

import dev.partita.crds.StorageCluster;
import dev.partita.crds.StorageClusterStatus;
import dev.partita.operator.kube.Conditions;
import dev.partita.operator.kube.Events;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tells in events what has changed from one status to the next. A condition that stays as it is,
/// reason and all, is told once.
final class Transitions {

  private static final String ACTION = "Observe";

  private Transitions() {}

  static void tell(
      Events events,
      StorageCluster about,
      @Nullable StorageClusterStatus before,
      StorageClusterStatus after) {
    List<Condition> old = before == null ? List.of() : before.conditions();
    for (Condition now : after.conditions()) {
      Optional<Condition> then = Conditions.find(old, now.getType());
      boolean same =
          then.filter(
                  c ->
                      c.getStatus().equals(now.getStatus())
                          && c.getReason().equals(now.getReason()))
              .isPresent();
      if (!same) {
        tell(events, about, then.orElse(null), now);
      }
    }
  }

  private static void tell(
      Events events, StorageCluster about, @Nullable Condition then, Condition now) {
    boolean holds = "True".equals(now.getStatus());
    switch (now.getType()) {
      case StatusOf.READY -> {
        if (holds) {
          events.normal(about, "Ready", ACTION, "All pods serve");
        }
      }
      case StatusOf.AVAILABLE -> {
        if (!holds && then != null && "True".equals(then.getStatus())) {
          events.warning(about, now.getReason(), ACTION, now.getMessage());
        }
      }
      case StatusOf.PROGRESSING -> {
        if (holds && "WaitingForZones".equals(now.getReason())) {
          events.normal(about, now.getReason(), ACTION, now.getMessage());
        }
      }
      case StatusOf.DEGRADED -> {
        if (holds) {
          events.warning(about, now.getReason(), ACTION, now.getMessage());
        }
      }
      default -> {
        if ("False".equals(now.getStatus()) && !"SharedZones".equals(now.getReason())) {
          events.warning(about, now.getReason(), ACTION, now.getMessage());
        }
      }
    }
  }
}
