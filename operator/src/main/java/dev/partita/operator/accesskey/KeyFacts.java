package dev.partita.operator.accesskey;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Everything that the plan for an AccessKey depends on.
///
/// @param rotateAfter null for never
/// @param overlap how long a replaced key stays valid
/// @param token digest of the manifest's `rotationToken`; null where it has none
/// @param ring the keys that are written down for the pods
/// @param held what the user's Secret holds
/// @param knowledge which pods know a key
record KeyFacts(
    Instant now,
    @Nullable Duration rotateAfter,
    Duration overlap,
    @Nullable String token,
    KeyRing ring,
    Held held,
    Function<LiveKey, Knowledge> knowledge) {

  /// What the user's Secret holds.
  sealed interface Held {

    /// There is no Secret of that name.
    record Nothing() implements Held {}

    /// There is one that belongs to somebody else: it is never touched.
    record Foreign() implements Held {}

    /// @param id of the key in it; null if it has none
    /// @param secret of the key in it; null if it has none
    /// @param right whether everything beside the key is as it should be
    record Own(@Nullable String id, @Nullable String secret, boolean right) implements Held {

      /// Without what is secret.
      @Override
      public String toString() {
        return "Own[" + id + "]";
      }
    }
  }

  boolean holds(LiveKey key) {
    return held instanceof Held.Own(String id, String secret, boolean _)
        && key.id().equals(id)
        && key.secret().equals(secret);
  }

  boolean heldRight() {
    return held instanceof Held.Own(String _, String _, boolean right) && right;
  }
}
