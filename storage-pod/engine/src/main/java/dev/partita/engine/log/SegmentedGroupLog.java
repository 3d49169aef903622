package dev.partita.engine.log;

import dev.partita.engine.log.SegmentedLog.Round;
import dev.partita.replication.LogStore.GroupLog;
import dev.partita.replication.LogStore.LogRecord;
import dev.partita.replication.Replica;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One group's end of the pod's log: buffers operations until a commit takes them.
final class SegmentedGroupLog implements GroupLog {

  private final SegmentedLog log;
  private final long id;
  private final ReentrantLock lock = new ReentrantLock();
  private List<LogOp> pending = new ArrayList<>();
  private @Nullable Round lastRound;
  private long baseIndex;
  private long lastIndex;
  private boolean removed;

  SegmentedGroupLog(SegmentedLog log, long id, long baseIndex, long lastIndex) {
    this.log = log;
    this.id = id;
    this.baseIndex = baseIndex;
    this.lastIndex = lastIndex;
  }

  void create(Replica self, List<Replica> founders) {
    buffer(new LogOp.Created(id, self, founders));
    flush();
  }

  void remove() {
    lock.lock();
    try {
      requireLive();
      removed = true;
      pending.clear();
      pending.add(new LogOp.Removed(id));
    } finally {
      lock.unlock();
    }
    flush();
  }

  @Override
  public void append(LogRecord entry) {
    LogOp op = new LogOp.Entry(id, entry);
    int bytes = LogOpCodec.sizeOf(op);
    if (bytes > log.maxOpBytes()) {
      throw new IllegalArgumentException(
          "an entry of " + bytes + " bytes is too long: at most " + log.maxOpBytes());
    }
    lock.lock();
    try {
      requireLive();
      if (entry.index() != lastIndex + 1) {
        throw new IllegalArgumentException(
            "entry " + entry.index() + " of group " + id + " behind entry " + lastIndex);
      }
      lastIndex++;
      pending.add(op);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void truncateFrom(long index) {
    lock.lock();
    try {
      requireLive();
      if (index <= baseIndex || index > lastIndex + 1) {
        throw new IllegalArgumentException(
            "truncating group "
                + id
                + " from "
                + index
                + ", live are "
                + baseIndex
                + " (without) to "
                + lastIndex);
      }
      if (index <= lastIndex) {
        lastIndex = index - 1;
        pending.add(new LogOp.Truncate(id, index));
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void vote(long term, @Nullable Replica votedFor) {
    buffer(new LogOp.Vote(id, term, votedFor));
    flush();
  }

  @Override
  public void committed(long index) {
    buffer(new LogOp.Committed(id, index));
  }

  @Override
  public void resetTo(long index, long term, byte[] membership) {
    lock.lock();
    try {
      requireLive();
      baseIndex = index;
      lastIndex = index;
      pending.add(new LogOp.Reset(id, index, term, membership));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void cut(long index, byte[] membership) {
    lock.lock();
    try {
      log.check();
      if (removed || index <= baseIndex) {
        return;
      }
      if (index > lastIndex) {
        throw new IllegalArgumentException(
            "cutting group " + id + " up to " + index + ", the last entry is " + lastIndex);
      }
      baseIndex = index;
      // Its term is looked up when it is written.
      pending.add(new LogOp.Cut(id, index, 0, membership));
    } finally {
      lock.unlock();
    }
    Round _ = log.register(this);
    log.wake();
  }

  @Override
  public void flush() {
    log.check();
    Round awaited;
    lock.lock();
    try {
      if (pending.isEmpty()) {
        awaited = lastRound;
        if (awaited == null || (awaited.isDone() && !awaited.isCompletedExceptionally())) {
          return;
        }
      } else {
        awaited = log.register(this);
      }
    } finally {
      lock.unlock();
    }
    log.wake();
    log.await(awaited);
  }

  /// Moves what is buffered into a commit. Called by the writer.
  void drainTo(List<LogOp> ops, Round round) {
    lock.lock();
    try {
      if (!pending.isEmpty()) {
        ops.addAll(pending);
        pending = new ArrayList<>();
        lastRound = round;
      }
    } finally {
      lock.unlock();
    }
  }

  private void buffer(LogOp op) {
    lock.lock();
    try {
      requireLive();
      pending.add(op);
    } finally {
      lock.unlock();
    }
  }

  private void requireLive() {
    log.check();
    if (removed) {
      throw new IllegalStateException("the log of group " + id + " was removed");
    }
  }
}
