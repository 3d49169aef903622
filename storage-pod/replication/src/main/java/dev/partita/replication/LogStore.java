package dev.partita.replication;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Port: the pod's one durable log, shared by all its groups. An implementation that fails to write
/// or to sync must fail every later call: nothing may be acknowledged behind a hole.
public interface LogStore extends AutoCloseable {

  /// What was found on disk, per group.
  Collection<Restored> restored();

  /// Creates the log of a new group and makes its founding durable.
  GroupLog create(GroupId id, Replica self, List<Replica> founders);

  /// The log of a group that {@link #restored} named or {@link #create} made.
  GroupLog log(GroupId id);

  /// Erases a group, durably.
  void remove(GroupId id);

  /// False when the reserve for entries is used up (disk full): leaders refuse proposals and
  /// followers drop appended entries until it is true again. Votes and terms keep a reserve of
  /// their own, and so do entries that were on their way when it became false: an append does not
  /// fail for lack of space alone.
  boolean hasSpace();

  @Override
  void close();

  /// @param term last durable term, 0 if none
  /// @param votedFor vote in that term, null if none
  /// @param membership members as of `base`: the adapter's own encoding
  /// @param base last entry that was cut off; its term is `baseTerm`. Both 0 for an uncut log
  /// @param committed highest index that was marked committed, at least `base.index`
  /// @param entries all entries after `base`, without a gap
  record Restored(
      GroupId id,
      Replica self,
      List<Replica> founders,
      long term,
      @Nullable Replica votedFor,
      byte[] membership,
      long baseIndex,
      long baseTerm,
      long committed,
      List<LogRecord> entries) {}

  /// @param kind the adapter's own code
  record LogRecord(long index, long term, byte kind, byte[] body) {}

  /// The log of one group. Called by the group's executor, one call at a time; several groups call
  /// side by side.
  interface GroupLog {

    /// Buffers an entry; durable after {@link #flush}.
    void append(LogRecord entry);

    /// Drops the entries from `index` on; durable after {@link #flush}.
    void truncateFrom(long index);

    /// Makes term and vote durable before it returns.
    void vote(long term, @Nullable Replica votedFor);

    /// Notes that everything up to `index` is committed; durable with a later flush. The adapter
    /// calls it with the index of each snapshot mark.
    void committed(long index);

    /// Replaces the log by a mark: everything up to `index` came by snapshot. Durable after flush.
    void resetTo(long index, long term, byte[] membership);

    /// Allows everything up to `index` to be cut off, which the state machine has made durable by
    /// itself. Called on any thread.
    void cut(long index, byte[] membership);

    /// Makes everything buffered before the call durable; groups that flush together share one
    /// sync. Blocks the calling (virtual) thread.
    void flush();
  }
}
