package dev.partita.replication;

import java.time.Duration;

/// How fast a group notices that its leader is gone. With the defaults a new leader stands about
/// 1.0 to 1.8 seconds after the old one fell silent.
///
/// @param heartbeat how often a leader shows itself; also the unit in which lost messages are
///   repeated
/// @param heartbeatsMissed silence, in heartbeats, after which a follower calls an election and
///   after which a leader that hears no quorum steps down
/// @param election how long a candidate waits for votes; a random share of the same length is
///   added, and both are doubled, within a bound, for each candidacy that brings no leader
public record GroupTiming(Duration heartbeat, int heartbeatsMissed, Duration election) {

  public static final GroupTiming DEFAULT =
      new GroupTiming(Duration.ofMillis(250), 4, Duration.ofMillis(250));

  public GroupTiming {
    if (heartbeat.compareTo(Duration.ofMillis(1)) < 0
        || heartbeatsMissed < 2
        || election.compareTo(Duration.ofMillis(1)) < 0) {
      throw new IllegalArgumentException(
          "no timing: " + heartbeat + " x " + heartbeatsMissed + ", election " + election);
    }
  }
}
