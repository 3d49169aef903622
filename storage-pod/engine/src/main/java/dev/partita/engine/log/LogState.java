package dev.partita.engine.log;

import java.util.Collection;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The state of all groups as the operations of the log make it, one after the other. The writer
/// and the recovery apply the same operations to it, so that what is found after a crash is what
/// was there before. Pure; used by one thread at a time.
final class LogState {

  private final NavigableMap<Long, GroupState> groups = new TreeMap<>();

  /// An operation does not fit to the state: the log misses something.
  static final class IllegalOpException extends RuntimeException {
    IllegalOpException(String message) {
      super(message);
    }
  }

  /// @param segment in which the operation lies
  void apply(LogOp op, long segment) {
    switch (op) {
      case LogOp.Created created -> {
        require(!groups.containsKey(created.group()), op, "the group exists");
        groups.put(
            created.group(), new GroupState(created.group(), created.self(), created.founders()));
      }
      case LogOp.Removed removed -> {
        group(op);
        groups.remove(removed.group());
      }
      case LogOp.State state -> {
        require(!groups.containsKey(state.group()), op, "the group exists");
        groups.put(state.group(), GroupState.of(state));
      }
      case LogOp.Entry(_, var entry) -> {
        GroupState group = group(op);
        require(entry.index() == group.lastIndex + 1, op, "the last is " + group.lastIndex);
        group.lastIndex = entry.index();
        group.extents.put(entry.index(), segment, entry.term());
      }
      case LogOp.Copy(_, var entry) -> {
        GroupState group = group(op);
        require(
            entry.index() > group.baseIndex && entry.index() <= group.lastIndex,
            op,
            "live are " + group.baseIndex + " (without) to " + group.lastIndex);
        group.extents.put(entry.index(), segment, entry.term());
      }
      case LogOp.Truncate(_, long index) -> {
        GroupState group = group(op);
        require(
            index > group.baseIndex && index <= group.lastIndex + 1,
            op,
            "live are " + group.baseIndex + " (without) to " + group.lastIndex);
        group.lastIndex = index - 1;
        group.extents.truncateFrom(index);
      }
      case LogOp.Vote vote -> {
        GroupState group = group(op);
        require(vote.term() >= group.term, op, "the term is " + group.term);
        group.term = vote.term();
        group.votedFor = vote.votedFor();
      }
      case LogOp.Committed(_, long index) -> {
        GroupState group = group(op);
        group.committed = Math.max(group.committed, index);
      }
      case LogOp.Reset reset -> {
        GroupState group = group(op);
        group.setBase(reset.index(), reset.term(), reset.membership());
        group.lastIndex = reset.index();
        group.extents.clear();
      }
      case LogOp.Cut cut -> {
        GroupState group = group(op);
        require(
            cut.index() > group.baseIndex && cut.index() <= group.lastIndex,
            op,
            "live are " + group.baseIndex + " (without) to " + group.lastIndex);
        group.setBase(cut.index(), cut.term(), cut.membership());
        group.extents.cutTo(cut.index());
      }
    }
  }

  private GroupState group(LogOp op) {
    GroupState group = groups.get(op.group());
    if (group == null) {
      throw new IllegalOpException("no group for " + name(op));
    }
    return group;
  }

  private static void require(boolean fits, LogOp op, String but) {
    if (!fits) {
      throw new IllegalOpException(name(op) + " does not fit: " + but);
    }
  }

  private static String name(LogOp op) {
    String what =
        switch (op) {
          case LogOp.Entry(_, var entry) -> " " + entry.index();
          case LogOp.Copy(_, var entry) -> " " + entry.index();
          case LogOp.Truncate(_, long index) -> " " + index;
          case LogOp.Cut cut -> " " + cut.index();
          case LogOp.Vote vote -> " in term " + vote.term();
          case LogOp.Committed _, LogOp.Reset _, LogOp.Created _, LogOp.Removed _, LogOp.State _ ->
              "";
        };
    return op.getClass().getSimpleName() + what + " of group " + op.group();
  }

  @Nullable GroupState find(long group) {
    return groups.get(group);
  }

  /// In the order of their ids.
  Collection<GroupState> groups() {
    return groups.values();
  }

  /// Whether an entry that is still needed lies in this segment.
  boolean touches(long segment) {
    for (GroupState group : groups.values()) {
      if (group.extents.touches(segment)) {
        return true;
      }
    }
    return false;
  }
}
