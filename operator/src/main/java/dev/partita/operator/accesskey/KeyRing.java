package dev.partita.operator.accesskey;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// The keys of one AccessKey that the pods accept, oldest first: a retiring one that is valid for
/// some time yet, the current one, and one that is coming, which the pods are learning.
record KeyRing(List<LiveKey> keys) {

  static final KeyRing EMPTY = new KeyRing(List.of());

  KeyRing {
    keys = List.copyOf(keys);
  }

  boolean isEmpty() {
    return keys.isEmpty();
  }

  /// The key that applications are to use until the coming one is known everywhere.
  Optional<LiveKey> current() {
    return keys.stream().filter(key -> key.retiredAt() == null).findFirst();
  }

  Optional<LiveKey> coming() {
    return keys.stream().filter(key -> key.retiredAt() == null).skip(1).findFirst();
  }

  Optional<LiveKey> retiring() {
    return keys.stream().filter(key -> key.retiredAt() != null).findFirst();
  }

  Optional<LiveKey> find(String id) {
    return keys.stream().filter(key -> key.id().equals(id)).findFirst();
  }

  KeyRing with(LiveKey key) {
    List<LiveKey> more = new ArrayList<>(keys);
    more.add(key);
    return new KeyRing(more);
  }

  /// The coming key takes the place of the current one.
  KeyRing switched(Instant now) {
    LiveKey current = current().orElseThrow();
    return new KeyRing(
        keys.stream().map(key -> key.equals(current) ? key.retired(now) : key).toList());
  }

  KeyRing without(Predicate<LiveKey> gone) {
    return new KeyRing(keys.stream().filter(gone.negate()).toList());
  }
}
