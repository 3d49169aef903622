package dev.partita.replication;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// One replica's membership in one consensus group: the only face of consensus that the rest of the
/// process sees. Thread-safe. Futures complete on the group's executor: what follows must not
/// block.
public interface Group {

  GroupId id();

  Replica self();

  /// Proposes an entry decided under `epoch` (see {@link StateMachine#leading}). Entries proposed
  /// by one thread are logged in that order or not at all; none is applied under another epoch.
  ///
  /// @param entry at most {@link GroupLimits#MAX_ENTRY_BYTES} bytes; not to be modified afterwards
  CompletableFuture<Proposal> propose(long epoch, byte[] entry);

  /// Confirms leadership for a strong read; calls that meet are confirmed in one round. Completes
  /// at once where this replica alone is the quorum.
  CompletableFuture<ReadPermit> readPermit();

  /// Hands leadership to another voter; completes when this replica follows, exceptionally if the
  /// other could not take over in time.
  CompletableFuture<@Nullable Void> transferLeadership(Replica to);

  /// Notes that the state machine has everything up to `index` on disk by itself, so that the log
  /// may be cut behind it. Without this call the log grows for ever. Any thread.
  void stateDurable(long index);

  /// A report for operators and metrics, without waiting: may be a moment old.
  Report report();

  /// @param role `LEADER`, `FOLLOWER`, `CANDIDATE` or `STOPPED`
  /// @param leader null if unknown
  /// @param term consensus term
  /// @param appliedIndex highest index applied here
  /// @param members present voters
  /// @param followers where this replica leads, all other voters, as of its last heartbeat
  record Report(
      String role,
      @Nullable Replica leader,
      long term,
      long appliedIndex,
      List<Replica> members,
      List<Follower> followers) {
    public Report {
      members = List.copyOf(members);
      followers = List.copyOf(followers);
    }
  }

  /// A follower as its leader sees it.
  ///
  /// @param behind entries of the leader's log that the follower is not known to have on disk
  /// @param silentMillis how long ago it was heard, in milliseconds; {@link #NEVER} if not yet in
  ///   this leadership
  record Follower(Replica replica, long behind, long silentMillis) {
    public static final long NEVER = Long.MAX_VALUE;
  }
}
