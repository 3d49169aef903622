package dev.partita.partition;

import dev.partita.replication.Group.Follower;
import dev.partita.replication.Replica;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One replica of one partition, for operators and metrics; may be a moment old.
///
/// @param role `LEADER`, `FOLLOWER`, `CANDIDATE` or `STOPPED`
/// @param leader null if unknown
/// @param term consensus term
/// @param appliedIndex highest log index whose effects can be read here
/// @param items number of items
/// @param bytes sum of the items' sizes in DynamoDB bytes
/// @param indexes what its local indexes hold, by number; empty behind the last that ever had an
///   entry
/// @param unanswered write commands that wait or are in flight here, in commands
/// @param inFlight entries proposed here and not yet ended, in entries
/// @param commands write commands decided here since the replica opened
/// @param entries log entries proposed here since the replica opened
/// @param followers where this replica leads, all others, as of its last heartbeat
public record PartitionReport(
    String role,
    @Nullable Replica leader,
    long term,
    long appliedIndex,
    long items,
    long bytes,
    List<IndexSize> indexes,
    int unanswered,
    int inFlight,
    long commands,
    long entries,
    List<Follower> followers) {
  public PartitionReport {
    indexes = List.copyOf(indexes);
    followers = List.copyOf(followers);
  }
}
