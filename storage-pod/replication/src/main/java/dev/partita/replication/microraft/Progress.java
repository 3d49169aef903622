package dev.partita.replication.microraft;

import dev.partita.replication.Group.Follower;
import java.util.List;

/// How far a leader knows its followers to be: taken on the group's lane once per heartbeat, read
/// by any thread. Empty where this replica does not lead.
final class Progress {
  private final CoreView view;
  private final CoreTime time;
  private volatile List<Follower> followers = List.of();

  Progress(CoreView view, CoreTime time) {
    this.view = view;
    this.time = time;
  }

  /// On the group's lane.
  void look() {
    followers = view.followers(time);
  }

  List<Follower> followers() {
    return followers;
  }
}
