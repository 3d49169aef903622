package dev.partita.replication;

import java.util.Objects;

/// One seat in a group: a pod and an id that is never used twice in that group. A replica that was
/// removed or lost its disk comes back under a new id, so that late answers to its predecessor
/// cannot be counted for it.
///
/// @param pod name under which the transport reaches the process, e.g. `partita-0`
/// @param id positive, unique within the group for ever
public record Replica(String pod, long id) {
  public Replica {
    Objects.requireNonNull(pod, "pod");
    if (pod.isEmpty() || id <= 0) {
      throw new IllegalArgumentException(
          "replica needs a pod and a positive id: " + pod + "/" + id);
    }
  }

  @Override
  public String toString() {
    return pod + "/" + id;
  }
}
