package dev.partita.operator.accesskey;

import dev.partita.crds.AccessKey;
import dev.partita.crds.AccessKeyStatus;
import dev.partita.operator.kube.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// From what is so to the status of an AccessKey. Pure.
final class KeyStatuses {

  static final String READY = "Ready";

  private static final AccessKeyStatus NONE =
      new AccessKeyStatus(null, null, null, List.of(), null, List.of());

  private KeyStatuses() {}

  /// Whether applications can use the Secret, and why not.
  record Readiness(boolean ready, String reason, String message) {}

  /// While nothing is known of the keys: they are told as before.
  static AccessKeyStatus unknown(AccessKey resource, Readiness readiness, Instant now) {
    AccessKeyStatus old = before(resource);
    return new AccessKeyStatus(
        resource.getMetadata().getGeneration(),
        KeyNames.userSecret(resource),
        old.currentKeyId(),
        old.keys(),
        old.rotationToken(),
        conditions(resource, old, readiness, now));
  }

  static AccessKeyStatus of(
      AccessKey resource, KeyRing ring, Duration overlap, Readiness readiness, Instant now) {
    AccessKeyStatus old = before(resource);
    String asked = resource.getSpec().rotationToken();
    // A rotation is over when applications find the new key, not when it is made.
    boolean done =
        asked != null
            && ring.current().filter(key -> LiveKey.digest(asked).equals(key.token())).isPresent();
    return new AccessKeyStatus(
        resource.getMetadata().getGeneration(),
        KeyNames.userSecret(resource),
        ring.current().map(LiveKey::id).orElse(null),
        ring.keys().stream().map(key -> key(key, overlap)).toList(),
        done ? asked : old.rotationToken(),
        conditions(resource, old, readiness, now));
  }

  private static AccessKeyStatus.Key key(LiveKey key, Duration overlap) {
    Instant end = key.expiresAt(overlap);
    return new AccessKeyStatus.Key(
        key.id(),
        end == null ? "Active" : "Retiring",
        key.createdAt().toString(),
        end == null ? null : end.toString());
  }

  private static AccessKeyStatus before(AccessKey resource) {
    AccessKeyStatus status = resource.getStatus();
    return status == null ? NONE : status;
  }

  private static List<Condition> conditions(
      AccessKey resource, AccessKeyStatus old, Readiness readiness, Instant now) {
    Conditions conditions =
        new Conditions(old.conditions(), resource.getMetadata().getGeneration(), now);
    if (readiness.ready()) {
      conditions.isTrue(READY, readiness.reason(), readiness.message());
    } else {
      conditions.isFalse(READY, readiness.reason(), readiness.message());
    }
    return conditions.all();
  }
}
