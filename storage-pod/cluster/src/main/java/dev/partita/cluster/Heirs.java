package dev.partita.cluster;

import dev.partita.replication.Group.Follower;
import dev.partita.replication.Replica;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Which follower gets a leadership that is given away.
final class Heirs {
  private Heirs() {}

  /// @param followers as their leader sees them
  /// @param stays whether a pod is within reach and not about to go itself
  /// @param wanted pod that an even spread wants; null if any will do
  /// @return of those that are caught up the wanted one, else the most advanced; if none is caught
  ///   up the most advanced, which is still better than an election; null if nobody stays
  static @Nullable Replica choose(
      List<Follower> followers, Predicate<String> stays, @Nullable String wanted) {
    return followers.stream()
        .filter(follower -> stays.test(follower.replica().pod()))
        .min(
            Comparator.comparing((Follower follower) -> !Reports.caughtUp(follower))
                .thenComparing(
                    follower ->
                        !(Reports.caughtUp(follower) && follower.replica().pod().equals(wanted)))
                .thenComparingLong(Follower::behind)
                .thenComparing(follower -> follower.replica().pod()))
        .map(Follower::replica)
        .orElse(null);
  }
}
