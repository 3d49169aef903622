package dev.partita.operator.cluster;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Since when clusters have lacked pods that somebody should make. Kubernetes does not say: what is
/// not there has no age. An operator that has just started counts from then.
final class MissingPods {

  private static final int MAX_REMEMBERED = 5_000;

  private final Map<ResourceID, Instant> since = new ConcurrentHashMap<>();

  /// @param missing whether one is missing now
  /// @return since when; empty if none is missing
  Optional<Instant> since(ResourceID cluster, boolean missing, Instant now) {
    if (!missing) {
      since.remove(cluster);
      return Optional.empty();
    }
    if (since.size() > MAX_REMEMBERED) {
      since.clear();
    }
    return Optional.of(since.computeIfAbsent(cluster, _ -> now));
  }
}
