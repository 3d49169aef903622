package dev.partita.operator.cluster;

import dev.partita.operator.Parts;
import dev.partita.operator.kube.Applied;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The writes of one reconcile, and what there is to tell about them.
final class Writes {

  private static final String ACTION = "Reconcile";

  private final Parts parts;
  private final Observation seen;
  private final List<String> created = new ArrayList<>();
  private final List<String> changed = new ArrayList<>();
  private boolean template;
  private @Nullable Trouble trouble;

  Writes(Parts parts, Observation seen) {
    this.parts = parts;
    this.seen = seen;
  }

  /// Makes an object so, unless one of that name belongs to somebody else.
  void apply(HasMetadata desired) {
    HasMetadata there = seen.existing().like(desired);
    if (there == null) {
      there = parts.client().resource(desired).get();
    }
    if (there != null && !seen.owns(there)) {
      trouble = Trouble.notOurs(there);
      return;
    }
    Applied<HasMetadata> applied = parts.apply().apply(there, desired);
    switch (applied.change()) {
      case NONE -> {}
      case CREATED -> created.add(title(desired));
      case CHANGED -> changed.add(title(desired));
    }
    template |= applied.wrote() && desired instanceof StatefulSet;
  }

  /// Takes an object away that is no longer wanted.
  <T extends HasMetadata> void delete(Class<T> type, String name) {
    T there = seen.existing().find(type, name);
    if (there != null && seen.owns(there)) {
      parts.client().resource(there).delete();
      changed.add(title(there) + " (deleted)");
    }
  }

  /// Events for what was written.
  void tell() {
    if (!created.isEmpty()) {
      parts
          .events()
          .normal(seen.cluster(), "Created", ACTION, "Created " + String.join(", ", created));
    }
    if (!changed.isEmpty()) {
      parts
          .events()
          .normal(seen.cluster(), "Changed", ACTION, "Changed " + String.join(", ", changed));
    }
  }

  /// Whether the StatefulSet was written: what is known of revisions is old then.
  boolean changedTemplate() {
    return template;
  }

  Optional<Trouble> trouble() {
    return Optional.ofNullable(trouble);
  }

  private static String title(HasMetadata object) {
    return object.getKind() + " " + object.getMetadata().getName();
  }
}
