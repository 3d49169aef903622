package dev.partita.replication.microraft;

import dev.partita.replication.GroupId;
import dev.partita.replication.Replica;
import dev.partita.replication.StateMachine;
import io.microraft.RaftRole;
import io.microraft.report.RaftNodeReport;
import io.microraft.report.RaftNodeReportListener;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who leads, as far as this replica knows, and the epoch of its own leadership. Written on the
/// group's lane, read on any thread.
final class Leadership implements RaftNodeReportListener {
  private static final Logger LOG = LoggerFactory.getLogger("dev.partita.replication");

  /// The epoch of a replica that does not lead.
  static final long NONE = 0;

  private final GroupId group;
  private final Replica self;
  private final StateMachine machine;
  private final Life life;
  private final Progress progress;
  private final Elections elections;

  private volatile long epoch = NONE;
  private volatile RaftRole role = RaftRole.FOLLOWER;
  private volatile @Nullable Replica leader;
  private volatile boolean alone;
  private int term;

  Leadership(
      GroupId group,
      Replica self,
      StateMachine machine,
      Life life,
      Progress progress,
      Elections elections) {
    this.group = group;
    this.self = self;
    this.machine = machine;
    this.life = life;
    this.progress = progress;
    this.elections = elections;
  }

  long epoch() {
    return epoch;
  }

  String role() {
    return role == RaftRole.LEARNER ? RaftRole.FOLLOWER.name() : role.name();
  }

  @Nullable Replica leader() {
    return leader;
  }

  /// Whether this replica is the only voter.
  boolean isAlone() {
    return alone;
  }

  /// The mark of our latest leadership is applied: everything before it is, too.
  void ownMark(long index) {
    if (role != RaftRole.LEADER) {
      return;
    }
    epoch = index;
    LOG.info("event=leading group={} replica={} term={} epoch={}", group, self, term, index);
    machine.leading(index);
  }

  @Override
  public void accept(RaftNodeReport report) {
    if (life.isOver()) {
      return;
    }
    try {
      take(report);
    } catch (RuntimeException | Error e) {
      life.fail(e);
    }
  }

  private void take(RaftNodeReport report) {
    RaftRole before = role;
    Replica knownBefore = leader;
    // Before the role is told: whoever hears of a leader finds its followers with it.
    progress.look();
    role = report.getRole();
    leader = Endpoint.replicaOrNull(report.getTerm().getLeaderEndpoint());
    if (leader != null) {
      elections.leaderKnown();
    }
    term = report.getTerm().getTerm();
    alone =
        Endpoint.replicas(report.getEffectiveMembers().getVotingMembers()).equals(List.of(self))
            && Endpoint.replicas(report.getCommittedMembers().getVotingMembers())
                .equals(List.of(self));
    boolean changed = before != role || !Objects.equals(knownBefore, leader);
    if (!changed) {
      return;
    }
    LOG.info(
        "event=role group={} replica={} role={} leader={} term={}",
        group,
        self,
        role,
        leader,
        term);
    if (role != RaftRole.LEADER) {
      epoch = NONE;
      machine.following(leader);
    }
  }
}
