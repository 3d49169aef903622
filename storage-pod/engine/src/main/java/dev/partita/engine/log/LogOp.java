package dev.partita.engine.log;

import dev.partita.replication.LogStore.LogRecord;
import dev.partita.replication.Replica;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One change of the log's state, in the order in which it is logged. What a frame carries.
sealed interface LogOp {

  /// Id of the group.
  long group();

  /// Appends the entry behind the last one.
  record Entry(long group, LogRecord entry) implements LogOp {}

  /// Repeats a live entry of an old segment, so that the segment can be dropped.
  record Copy(long group, LogRecord entry) implements LogOp {}

  /// Drops the entries from `index` on.
  record Truncate(long group, long index) implements LogOp {}

  record Vote(long group, long term, @Nullable Replica votedFor) implements LogOp {}

  record Committed(long group, long index) implements LogOp {}

  /// Everything up to `index` came by snapshot; there are no entries.
  record Reset(long group, long index, long term, byte[] membership) implements LogOp {}

  /// Everything up to `index`, whose entry is of `term`, is not needed any more.
  record Cut(long group, long index, long term, byte[] membership) implements LogOp {}

  record Created(long group, Replica self, List<Replica> founders) implements LogOp {}

  record Removed(long group) implements LogOp {}

  /// Everything about a group but its entries, at the head of a segment.
  record State(
      long group,
      Replica self,
      List<Replica> founders,
      long term,
      @Nullable Replica votedFor,
      byte[] membership,
      long baseIndex,
      long baseTerm,
      long committed,
      long lastIndex)
      implements LogOp {}
}
