package dev.partita.operator.table;

import dev.partita.crds.DynamoTableStatus;
import dev.partita.operator.kube.Conditions;
import dev.partita.operator.kube.Events;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What `kubectl describe` is to tell when a status changes. A status that stays tells nothing, so
/// there are no events at rest. Pure.
final class Stories {

  private static final Set<String> CALM =
      Set.of(Verdict.CREATING, Verdict.UPDATING, Verdict.DELETING);

  /// These say nothing that a look at the resource does not.
  private static final Set<String> SILENT = Set.of(Verdict.IN_SYNC, Verdict.SETTLING);

  private Stories() {}

  /// @param action what the operator was doing, in one word
  record Story(Events.Type type, String reason, String action, String note) {}

  static List<Story> between(@Nullable DynamoTableStatus before, DynamoTableStatus now) {
    List<Story> stories = new ArrayList<>();
    Condition synced = changed(before, now, Verdict.SYNCED);
    // Blocked says it better.
    boolean held = Conditions.holds(now.conditions(), Verdict.BLOCKED);
    if (synced != null && !held && !SILENT.contains(synced.getReason())) {
      boolean calm = CALM.contains(synced.getReason());
      stories.add(
          new Story(
              calm ? Events.Type.NORMAL : Events.Type.WARNING,
              synced.getReason(),
              "Sync",
              synced.getMessage()));
    }
    Condition ready = changed(before, now, Verdict.READY);
    if (ready != null && "True".equals(ready.getStatus())) {
      stories.add(
          new Story(
              Events.Type.NORMAL,
              Verdict.ACTIVE,
              "Observe",
              ready.getMessage() + (now.endpoint() == null ? "" : " at " + now.endpoint())));
    }
    Condition drift = changed(before, now, Verdict.DRIFT);
    if (drift != null && "True".equals(drift.getStatus())) {
      stories.add(new Story(Events.Type.WARNING, Verdict.DRIFT, "Observe", drift.getMessage()));
    } else if (drift != null && Verdict.DRIFT_GONE.equals(drift.getReason())) {
      stories.add(new Story(Events.Type.NORMAL, Verdict.DRIFT_GONE, "Sync", drift.getMessage()));
    }
    Condition blocked = changed(before, now, Verdict.BLOCKED);
    if (blocked != null && "True".equals(blocked.getStatus())) {
      stories.add(new Story(Events.Type.WARNING, Verdict.BLOCKED, "Delete", blocked.getMessage()));
    }
    return stories;
  }

  /// A condition that has another status or reason than before; null if it has not.
  private static @Nullable Condition changed(
      @Nullable DynamoTableStatus before, DynamoTableStatus now, String type) {
    Optional<Condition> old =
        before == null ? Optional.empty() : Conditions.find(before.conditions(), type);
    return Conditions.find(now.conditions(), type)
        .filter(
            c ->
                old.isEmpty()
                    || !c.getStatus().equals(old.get().getStatus())
                    || !c.getReason().equals(old.get().getReason()))
        .orElse(null);
  }
}
