package dev.partita.operator.kube;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The conditions of one status while they are being worked out. Keeps the time of the last
/// transition of those whose status stays, so that an unchanged condition is equal to what it was.
public final class Conditions {

  /// More than that says no more; the API's own bound is 32 KiB.
  private static final int MAX_MESSAGE_CHARS = 1024;

  private final List<Condition> before;
  private final List<Condition> now;
  private final Instant time;
  private final @Nullable Long generation;

  /// @param before as the status has them; null for none
  /// @param generation of the spec that is being judged
  public Conditions(@Nullable List<Condition> before, @Nullable Long generation, Instant time) {
    this.before = before == null ? List.of() : List.copyOf(before);
    this.now = new ArrayList<>(this.before);
    this.generation = generation;
    this.time = time.truncatedTo(ChronoUnit.SECONDS);
  }

  public Conditions isTrue(String type, String reason, String message) {
    return set(type, "True", reason, message);
  }

  public Conditions isFalse(String type, String reason, String message) {
    return set(type, "False", reason, message);
  }

  public Conditions isUnknown(String type, String reason, String message) {
    return set(type, "Unknown", reason, message);
  }

  /// Takes a condition away that no longer says anything.
  public Conditions remove(String type) {
    now.removeIf(c -> type.equals(c.getType()));
    return this;
  }

  /// All of them, in the order in which they first were set.
  public List<Condition> all() {
    return List.copyOf(now);
  }

  /// One of a list.
  public static Optional<Condition> find(@Nullable List<Condition> conditions, String type) {
    return conditions == null
        ? Optional.empty()
        : conditions.stream().filter(c -> type.equals(c.getType())).findFirst();
  }

  /// Whether one is there and `True`.
  public static boolean holds(@Nullable List<Condition> conditions, String type) {
    return find(conditions, type).filter(c -> "True".equals(c.getStatus())).isPresent();
  }

  private Conditions set(String type, String status, String reason, String message) {
    Optional<Condition> old = find(before, type);
    String since =
        old.filter(c -> status.equals(c.getStatus()) && c.getLastTransitionTime() != null)
            .map(Condition::getLastTransitionTime)
            .orElse(time.toString());
    Condition condition =
        new ConditionBuilder()
            .withType(type)
            .withStatus(status)
            .withReason(reason)
            .withMessage(shortened(message))
            .withLastTransitionTime(since)
            .withObservedGeneration(generation)
            .build();
    for (int i = 0; i < now.size(); i++) {
      if (type.equals(now.get(i).getType())) {
        now.set(i, condition);
        return this;
      }
    }
    now.add(condition);
    return this;
  }

  private static String shortened(String message) {
    if (message.length() <= MAX_MESSAGE_CHARS) {
      return message;
    }
    int end = MAX_MESSAGE_CHARS - 1;
    // Half a character would come back as another one, and be written anew for ever.
    boolean splits = Character.isHighSurrogate(message.charAt(end - 1));
    return message.substring(0, splits ? end - 1 : end) + "…";
  }
}
