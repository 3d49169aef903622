package dev.partita.operator.accesskey;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What is next for an AccessKey. Pure: one look, one act.
///
/// A rotation takes four steps, and each can be repeated by an operator that knows nothing but what
/// the API server holds:
/// 1. [Make]: the pods' Secret gets the coming key beside the current one.
/// 2. [Wait] until the pods know it.
/// 3. [Publish]: the user's Secret gets it.
/// 4. [Switch]: the pods' Secret says since when the old one is replaced; after the overlap it is
///    dropped.
sealed interface KeyPlan {

  /// A new key is made for the pods to learn.
  record Make() implements KeyPlan {}

  /// The pods' Secret lost the key that applications have: they get the same one again.
  record Restore(String id, String secret) implements KeyPlan {}

  /// The user's Secret gets this key.
  record Publish(LiveKey key) implements KeyPlan {}

  /// The coming key is in the user's Secret: from now on the old one is retiring.
  record Switch() implements KeyPlan {}

  /// The overlap is over.
  record Drop(List<LiveKey> keys) implements KeyPlan {}

  /// The pods are learning a key.
  record Wait(LiveKey key, Knowledge knowledge) implements KeyPlan {}

  /// @param until when something is due; null for never
  record Rest(@Nullable Instant until) implements KeyPlan {}

  static KeyPlan of(KeyFacts facts) {
    Optional<LiveKey> current = facts.ring().current();
    if (current.isEmpty()) {
      return withoutKey(facts);
    }
    Optional<LiveKey> coming = facts.ring().coming();
    LiveKey next = coming.orElse(current.get());
    boolean foreign = facts.held() instanceof KeyFacts.Held.Foreign;
    if (!facts.holds(next)) {
      Knowledge knowledge = facts.knowledge().apply(next);
      if (foreign) {
        return atRest(facts, current.get());
      }
      // A rotation has time, and applications have a key that works: it waits for silent pods too.
      boolean known =
          knowledge.isEverywhere()
              || (coming.isEmpty() && knowledge.isDelivered(next, facts.now()));
      if (known) {
        return new Publish(next);
      }
      // While the coming key is being learnt the current one must be to be had.
      return coming.isEmpty() || (facts.holds(current.get()) && facts.heldRight())
          ? new Wait(next, knowledge)
          : new Publish(current.get());
    }
    if (!facts.heldRight()) {
      return new Publish(next);
    }
    if (coming.isPresent()) {
      return new Switch();
    }
    return atRest(facts, current.get());
  }

  private static KeyPlan withoutKey(KeyFacts facts) {
    return switch (facts.held()) {
      case KeyFacts.Held.Own(String id, String secret, boolean _)
          when id != null && secret != null ->
          new Restore(id, secret);
      case KeyFacts.Held.Own _, KeyFacts.Held.Nothing _ -> new Make();
      // Nobody could have a key that cannot be handed over.
      case KeyFacts.Held.Foreign _ -> new Rest(null);
    };
  }

  private static KeyPlan atRest(KeyFacts facts, LiveKey current) {
    Predicate<LiveKey> expired =
        key -> {
          Instant end = key.expiresAt(facts.overlap());
          return end != null && !end.isAfter(facts.now());
        };
    List<LiveKey> gone = facts.ring().keys().stream().filter(expired).toList();
    if (!gone.isEmpty()) {
      return new Drop(gone);
    }
    Optional<LiveKey> retiring = facts.ring().retiring();
    if (retiring.isPresent()) {
      // Two live keys, never three: a rotation that is due waits.
      return new Rest(retiring.get().expiresAt(facts.overlap()));
    }
    boolean due = isDue(facts, current) && !(facts.held() instanceof KeyFacts.Held.Foreign);
    Duration age = facts.rotateAfter();
    return due ? new Make() : new Rest(age == null ? null : current.createdAt().plus(age));
  }

  private static boolean isDue(KeyFacts facts, LiveKey current) {
    Duration age = facts.rotateAfter();
    boolean asked = facts.token() != null && !facts.token().equals(current.token());
    return asked || (age != null && !current.createdAt().plus(age).isAfter(facts.now()));
  }
}
