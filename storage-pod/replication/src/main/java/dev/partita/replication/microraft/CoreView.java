package dev.partita.replication.microraft;

import dev.partita.replication.Replica;
import io.microraft.RaftEndpoint;
import io.microraft.RaftNode;
import io.microraft.RaftNodeStatus;
import io.microraft.RaftRole;
import io.microraft.impl.RaftNodeImpl;
import io.microraft.impl.state.FollowerState;
import io.microraft.impl.state.LeaderState;
import io.microraft.impl.state.RaftState;
import io.microraft.impl.task.PreVoteTask;
import io.microraft.model.log.LogEntry;
import io.microraft.model.log.SnapshotEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What we read of the core's state from inside, because no report tells it in time. Only on the
/// group's lane, except {@link #voters}.
final class CoreView implements CoreMachine.Window {
  private @Nullable RaftNodeImpl node;

  /// Called once, before the core starts.
  void attach(RaftNode built) {
    this.node = (RaftNodeImpl) built;
  }

  private RaftNodeImpl node() {
    return Objects.requireNonNull(node, "the core is not built yet");
  }

  private RaftState state() {
    return node().state();
  }

  int term() {
    return state().term();
  }

  boolean isCandidate() {
    return state().role() == RaftRole.CANDIDATE;
  }

  List<Replica> voters() {
    return Endpoint.replicas(node().getCommittedMembers().getVotingMembers());
  }

  MembershipCodec.Membership membership() {
    return new MembershipCodec.Membership(node().getCommittedMembers().getLogIndex(), voters());
  }

  long commitIndex() {
    return state().commitIndex();
  }

  long lastIndex() {
    return state().log().lastLogOrSnapshotIndex();
  }

  long markIndex() {
    return state().log().snapshotIndex();
  }

  /// Whether the entry itself is in memory; not so for the mark, of which only index and term may
  /// be known.
  boolean holds(long index) {
    return state().log().containsLogEntry(index);
  }

  /// The term of the mark or of an entry in memory.
  int termAt(long index) {
    SnapshotEntry mark = state().log().snapshotEntry();
    return mark.getIndex() == index ? mark.getTerm() : entryAt(index).getTerm();
  }

  /// An entry in memory.
  @Override
  public LogEntry entryAt(long index) {
    LogEntry entry = state().log().getLogEntry(index);
    if (entry == null) {
      throw new IllegalStateException("no entry " + index + " in memory");
    }
    return entry;
  }

  /// Whether one more entry has room in memory.
  @Override
  public boolean hasRoom() {
    return state().log().availableCapacity() > 0;
  }

  /// Whether the core can be asked for a mark at the last applied entry.
  boolean mayMark(MarkPlaces places) {
    RaftState state = state();
    long index = state.lastApplied();
    return node().getStatus() == RaftNodeStatus.ACTIVE
        && state.role() != RaftRole.CANDIDATE
        && index == state.commitIndex()
        && index > markIndex()
        && places.mayLieAt(index)
        && holds(places.firstKeptBehind(index));
  }

  /// Where a leader believes a follower's log to go on; 0 if we do not lead, or do not know it.
  long nextIndex(RaftEndpoint follower) {
    FollowerState known = follower(follower);
    return known == null ? 0 : known.nextIndex();
  }

  /// Up to where a leader knows a follower's log to be its own; 0 if it does not know yet.
  long matchIndex(RaftEndpoint follower) {
    FollowerState known = follower(follower);
    return known == null ? 0 : known.matchIndex();
  }

  /// All followers of a leader that vote; none if we do not lead.
  List<Progress.Seen> followers() {
    LeaderState leading = state().leaderState();
    if (leading == null) {
      return List.of();
    }
    List<Progress.Seen> followers = new ArrayList<>();
    for (RaftEndpoint voter : state().remoteVotingMembers()) {
      FollowerState known = leading.getFollowerStateOrNull(voter);
      if (known != null) {
        followers.add(
            new Progress.Seen(
                ((Endpoint) voter).replica(),
                lastIndex(),
                known.matchIndex(),
                known.responseTimestamp()));
      }
    }
    return List.copyOf(followers);
  }

  private @Nullable FollowerState follower(RaftEndpoint follower) {
    LeaderState leading = state().leaderState();
    return leading == null ? null : leading.getFollowerStateOrNull(follower);
  }

  /// A follower says where its log ends: if that is before the place where we believe it to go on,
  /// we go on from there.
  void logEndsBefore(RaftEndpoint follower, long index) {
    FollowerState known = follower(follower);
    if (known == null) {
      return;
    }
    long next = Math.max(index, known.matchIndex() + 1);
    if (next < known.nextIndex()) {
      known.nextIndex(next);
      node().sendAppendEntriesRequest(follower);
    }
  }

  /// Moves to a later term, as a follower that knows no leader.
  void adoptTerm(int term) {
    node().toFollower(term);
  }

  /// Drops the entries from `index` on, in memory and in the store.
  void truncateFrom(long index) {
    state().log().truncateEntriesFrom(index);
  }

  /// Calls the election that the core has forgotten. A replica that asked for pre-votes, got none
  /// because a leader lives, and then heard that leader in the same term, keeps its old request for
  /// ever; while it stands, the core's own heartbeat check never acts on that leader's silence. If
  /// this befalls every replica that is left, the group stays without a leader.
  void reviveElection() {
    if (state().role() == RaftRole.FOLLOWER
        && state().leader() != null
        && state().preCandidateState() != null
        && node().isLeaderHeartbeatTimeoutElapsed()) {
      node().leader(null);
      new PreVoteTask(node(), state().term()).run();
    }
  }
}
