package dev.partita.replication.memory;

import dev.partita.replication.GroupId;
import dev.partita.replication.LogStore;
import dev.partita.replication.Replica;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A log that lives as long as this object; a host opened on it again finds everything, also what
/// was not flushed. Thread-safe.
public final class InMemoryLogStore implements LogStore {
  private final Map<GroupId, MemoryLog> groups = new LinkedHashMap<>();
  private volatile boolean space = true;

  /// Pretends that the disk is full, or no more.
  public void hasSpace(boolean now) {
    space = now;
  }

  @Override
  public synchronized Collection<Restored> restored() {
    return groups.values().stream().map(MemoryLog::restored).toList();
  }

  @Override
  public synchronized GroupLog create(GroupId id, Replica self, List<Replica> founders) {
    MemoryLog log = new MemoryLog(id, self, founders);
    if (groups.putIfAbsent(id, log) != null) {
      throw new IllegalStateException(id + " exists");
    }
    return log;
  }

  @Override
  public synchronized GroupLog log(GroupId id) {
    MemoryLog log = groups.get(id);
    if (log == null) {
      throw new IllegalStateException(id + " does not exist");
    }
    return log;
  }

  @Override
  public synchronized void remove(GroupId id) {
    groups.remove(id);
  }

  @Override
  public boolean hasSpace() {
    return space;
  }

  @Override
  public void close() {}

  private static final class MemoryLog implements GroupLog {
    private final GroupId id;
    private final Replica self;
    private final List<Replica> founders;
    private final List<LogRecord> entries = new ArrayList<>();
    private long term;
    private @Nullable Replica votedFor;
    private byte[] membership = new byte[0];
    private long baseIndex;
    private long baseTerm;
    private long committed;

    MemoryLog(GroupId id, Replica self, List<Replica> founders) {
      this.id = id;
      this.self = self;
      this.founders = List.copyOf(founders);
    }

    synchronized Restored restored() {
      return new Restored(
          id,
          self,
          founders,
          term,
          votedFor,
          membership,
          baseIndex,
          baseTerm,
          committed,
          List.copyOf(entries));
    }

    @Override
    public synchronized void append(LogRecord entry) {
      if (entry.index() != baseIndex + entries.size() + 1) {
        throw new IllegalStateException(
            id + ": entry " + entry.index() + " behind " + (baseIndex + entries.size()));
      }
      entries.add(entry);
    }

    @Override
    public synchronized void truncateFrom(long index) {
      if (index <= baseIndex) {
        throw new IllegalStateException(id + ": " + index + " is cut off");
      }
      int kept = (int) Math.min(index - baseIndex - 1, entries.size());
      entries.subList(kept, entries.size()).clear();
    }

    @Override
    public synchronized void vote(long newTerm, @Nullable Replica newVote) {
      term = newTerm;
      votedFor = newVote;
    }

    @Override
    public synchronized void committed(long index) {
      committed = Math.max(committed, index);
    }

    @Override
    public synchronized void resetTo(long index, long newBaseTerm, byte[] newMembership) {
      entries.clear();
      baseIndex = index;
      baseTerm = newBaseTerm;
      membership = newMembership;
      committed = index;
    }

    @Override
    public synchronized void cut(long index, byte[] newMembership) {
      if (index <= baseIndex) {
        return;
      }
      int dropped = (int) (index - baseIndex);
      baseTerm = entries.get(dropped - 1).term();
      baseIndex = index;
      membership = newMembership;
      entries.subList(0, dropped).clear();
      committed = Math.max(committed, index);
    }

    @Override
    public void flush() {}
  }
}
