package dev.partita.cluster.routing;

import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/// Replies to the items of a batch.
final class Replies {
  private Replies() {}

  /// The same answer for all.
  static <T> List<PartitionReply<T>> all(int count, T outcome) {
    return Collections.nCopies(count, new PartitionReply.Answer<>(outcome));
  }

  /// Whether each is an answer of that kind.
  static <T> boolean allAre(Class<? extends T> kind, List<PartitionReply<T>> replies) {
    return all(replies, kind::isInstance);
  }

  /// Whether each is an answer that passes a test.
  static <T> boolean all(List<PartitionReply<T>> replies, Predicate<T> test) {
    for (PartitionReply<T> reply : replies) {
      if (!(reply instanceof PartitionReply.Answer<T>(T value) && test.test(value))) {
        return false;
      }
    }
    return true;
  }
}
