package dev.partita.replication.microraft;

import dev.partita.replication.Group.Follower;
import dev.partita.replication.Replica;
import java.util.List;

/// How far a leader knows its followers to be: taken on the group's lane once per heartbeat and
/// when it becomes the leader, read by any thread. Empty where this replica does not lead.
final class Progress {
  private final CoreView view;
  private final CoreTime time;
  private volatile List<Seen> seen = List.of();

  /// @param lastIndex of the leader's log
  /// @param matchIndex up to where the follower's log is known to be the leader's; 0 if nothing is
  ///   known in this leadership yet, since a leader's log is never empty
  /// @param heardAt when the follower answered last, on the core's clock; when the leadership began
  ///   if it never did
  record Seen(Replica replica, long lastIndex, long matchIndex, long heardAt) {}

  Progress(CoreView view, CoreTime time) {
    this.view = view;
    this.time = time;
  }

  /// On the group's lane.
  void look() {
    seen = view.followers();
  }

  /// How long a follower has been silent is told as of now: a leader that hangs on its disk does
  /// not look any more, and must not go on praising its followers.
  List<Follower> followers() {
    return seen.stream().map(this::follower).toList();
  }

  private Follower follower(Seen one) {
    return new Follower(
        one.replica(),
        one.lastIndex() - one.matchIndex(),
        one.matchIndex() == 0 ? Follower.NEVER : time.millisSince(one.heardAt()));
  }
}
