package dev.partita.engine.log;

import dev.partita.replication.Replica;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the log knows about one group after some operation: everything but the entries' bodies.
final class GroupState {

  final long id;
  final Replica self;
  final List<Replica> founders;
  final Extents extents = new Extents();
  long term;
  @Nullable Replica votedFor;
  byte[] membership = new byte[0];
  long baseIndex;
  long baseTerm;
  long committed;
  long lastIndex;

  GroupState(long id, Replica self, List<Replica> founders) {
    this.id = id;
    this.self = self;
    this.founders = founders;
  }

  static GroupState of(LogOp.State state) {
    GroupState group = new GroupState(state.group(), state.self(), state.founders());
    group.term = state.term();
    group.votedFor = state.votedFor();
    group.membership = state.membership();
    group.baseIndex = state.baseIndex();
    group.baseTerm = state.baseTerm();
    group.committed = state.committed();
    group.lastIndex = state.lastIndex();
    return group;
  }

  LogOp.State toOp() {
    return new LogOp.State(
        id, self, founders, term, votedFor, membership, baseIndex, baseTerm, committed, lastIndex);
  }

  void setBase(long index, long entryTerm, byte[] members) {
    baseIndex = index;
    baseTerm = entryTerm;
    membership = members;
    committed = Math.max(committed, index);
  }
}
