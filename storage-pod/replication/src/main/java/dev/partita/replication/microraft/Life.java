package dev.partita.replication.microraft;

import dev.partita.replication.GroupHostOptions.FaultHandler;
import dev.partita.replication.GroupId;
import dev.partita.replication.Replica;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether a replica may still act. MicroRaft logs what its callbacks throw and goes on; a replica
/// whose state machine or log failed must not, so every way in and out of the core asks here first.
final class Life {
  private static final Logger LOG = LoggerFactory.getLogger("dev.partita.replication");

  private final GroupId group;
  private final Replica self;
  private final FaultHandler faults;
  private final Runnable afterwards;
  private final AtomicBoolean over = new AtomicBoolean();

  /// @param afterwards ends what waits for the replica
  Life(GroupId group, Replica self, FaultHandler faults, Runnable afterwards) {
    this.group = group;
    this.self = self;
    this.faults = faults;
    this.afterwards = afterwards;
  }

  boolean isOver() {
    return over.get();
  }

  /// @throws IllegalStateException if the replica has stopped
  void check() {
    if (isOver()) {
      throw new IllegalStateException(group + " " + self + " has stopped");
    }
  }

  /// The orderly end.
  void end() {
    if (over.compareAndSet(false, true)) {
      afterwards.run();
    }
  }

  /// Stops the replica for good and reports why; only the first cause counts.
  void fail(Throwable cause) {
    if (over.compareAndSet(false, true)) {
      LOG.error("event=replica-stopped group={} replica={}", group, self, cause);
      afterwards.run();
      faults.stopped(group, cause);
    }
  }
}
