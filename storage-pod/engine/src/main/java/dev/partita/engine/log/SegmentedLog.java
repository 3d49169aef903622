package dev.partita.engine.log;

import dev.partita.engine.StorageException;
import dev.partita.engine.log.Recovery.Recovered;
import dev.partita.replication.GroupId;
import dev.partita.replication.LogStore;
import dev.partita.replication.Replica;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The pod's log: all groups buffer, and one writer puts what they have buffered into one frame
/// with one sync, while the next ones gather. See {@link Frame}, {@link LogOpCodec} and {@link
/// Checkpoint} for the format, {@link Recovery} for what happens after a crash.
///
/// After the first failed write or sync every call throws {@link LogFailedException}: what reached
/// the disk is unknown then, and stays so.
public final class SegmentedLog implements LogStore {

  private static final Logger LOG = LoggerFactory.getLogger(SegmentedLog.class);

  /// State of one group in a checkpoint, in bytes, generously.
  private static final int CHECKPOINT_BYTES_PER_GROUP = 1024;

  private final LogDisk disk;
  private final LogOptions options;
  private final Committer committer;
  private final SegmentKeeper keeper;
  private final LogWriter writer;
  private final Copier copier;
  private final NavigableMap<GroupId, Restored> restored = new TreeMap<>();
  private final Map<GroupId, SegmentedGroupLog> groups = new ConcurrentHashMap<>();

  private final ReentrantLock lock = new ReentrantLock();
  private Set<SegmentedGroupLog> dirty = new LinkedHashSet<>();
  private Round round = new Round();
  private @Nullable List<LogOp> copies;
  private Copier.@Nullable Request copyRequest;
  private long copiedAt;
  private volatile @Nullable Throwable failure;
  private volatile boolean closed;

  /// Everything that is committed together; complete when it is durable.
  static final class Round extends CompletableFuture<@Nullable Void> {}

  /// Opens the log of a folder, which is created if it is missing, with threads of its own.
  public static SegmentedLog open(Path directory, LogOptions options) {
    try {
      return open(FileLogDisk.open(directory), options, new ThreadCommitter(options.pollMillis()));
    } catch (IOException e) {
      throw new StorageException("could not open the log in " + directory, e);
    }
  }

  /// Opens the log of a disk, which is closed with it.
  ///
  /// @throws CorruptLogException if synced frames are damaged
  public static SegmentedLog open(LogDisk disk, LogOptions options, Committer committer) {
    try {
      boolean opened = false;
      try {
        Recovered found = new Recovery(disk, options.segmentBytes()).run();
        SegmentedLog log = new SegmentedLog(disk, options, committer, found);
        opened = true;
        return log;
      } finally {
        if (!opened) {
          committer.stop();
          disk.close();
        }
      }
    } catch (IOException e) {
      throw new StorageException("could not open the log", e);
    }
  }

  private SegmentedLog(LogDisk disk, LogOptions options, Committer committer, Recovered found)
      throws IOException {
    this.disk = disk;
    this.options = options;
    this.committer = committer;
    copier = new Copier(disk);
    long nextNumber =
        1
            + (found.spares().isEmpty()
                ? (found.used().isEmpty() ? 0 : found.used().getLast().number())
                : found.spares().getLast().number());
    keeper = new SegmentKeeper(disk, options, committer, found.spares(), nextNumber);
    for (GroupState group : found.state().groups()) {
      restore(group, found.entries().entries(group.id));
    }
    committer.start(new WriterWork());
    committer.maintain();
    long logId = found.founded() ? found.logId() : options.newLogId().getAsLong();
    writer =
        new LogWriter(
            options,
            keeper,
            found.state(),
            logId,
            found.used(),
            found.endOffset(),
            found.nextSequence());
  }

  private void restore(GroupState group, List<LogRecord> entries) {
    GroupId id = new GroupId(group.id);
    restored.put(
        id,
        new Restored(
            id,
            group.self,
            group.founders,
            group.term,
            group.votedFor,
            group.membership,
            group.baseIndex,
            group.baseTerm,
            group.committed,
            entries));
    groups.put(id, new SegmentedGroupLog(this, group.id, group.baseIndex, group.lastIndex));
  }

  /// What was found on disk. A group's part is given up when its {@link #log} is taken, so that its
  /// entries are not held twice.
  @Override
  public Collection<Restored> restored() {
    lock.lock();
    try {
      return List.copyOf(restored.values());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public GroupLog create(GroupId id, Replica self, List<Replica> founders) {
    check();
    if ((groups.size() + 1L) * CHECKPOINT_BYTES_PER_GROUP > options.maxCheckpointBytes()) {
      throw new StorageException(
          "the log has no room for another group: "
              + groups.size()
              + " share segments of "
              + options.segmentBytes()
              + " bytes");
    }
    SegmentedGroupLog log = new SegmentedGroupLog(this, id.value(), 0, 0);
    if (groups.putIfAbsent(id, log) != null) {
      throw new IllegalStateException("the log of " + id + " exists");
    }
    log.create(self, List.copyOf(founders));
    return log;
  }

  @Override
  public GroupLog log(GroupId id) {
    SegmentedGroupLog log = groups.get(id);
    if (log == null) {
      throw new IllegalStateException("no log of " + id);
    }
    lock.lock();
    try {
      restored.remove(id);
    } finally {
      lock.unlock();
    }
    return log;
  }

  @Override
  public void remove(GroupId id) {
    check();
    SegmentedGroupLog log = groups.get(id);
    if (log == null) {
      throw new IllegalStateException("no log of " + id);
    }
    log.remove();
    lock.lock();
    try {
      groups.remove(id);
      restored.remove(id);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean hasSpace() {
    return failure == null && keeper.hasSpace();
  }

  /// Bytes logged since the log was opened.
  public long writtenBytes() {
    return writer.writtenBytes();
  }

  public LogReport report() {
    long segments = writer.activeNumber() - writer.oldestNumber() + 1;
    return new LogReport(
        writer.writtenBytes(),
        writer.frames(),
        Math.toIntExact(segments),
        hasSpace(),
        failure != null);
  }

  int maxOpBytes() {
    return options.maxOpBytes();
  }

  /// Throws if the log is closed or has failed.
  void check() {
    Throwable cause = failure;
    if (cause != null) {
      throw new LogFailedException("the log has failed, the process must be started again", cause);
    }
    if (closed) {
      throw new IllegalStateException("the log is closed");
    }
  }

  /// Makes the group part of the next commit.
  ///
  /// @return the round of that commit
  Round register(SegmentedGroupLog log) {
    lock.lock();
    try {
      dirty.add(log);
      return round;
    } finally {
      lock.unlock();
    }
  }

  void wake() {
    committer.wake();
  }

  void await(Round awaited) {
    try {
      committer.await(awaited);
    } catch (CompletionException e) {
      check();
      throw new LogFailedException("the log could not be written", e);
    }
  }

  private final class WriterWork implements Committer.Work {

    @Override
    public void commit() {
      List<SegmentedGroupLog> logs;
      Round current;
      List<LogOp> ops = new ArrayList<>();
      lock.lock();
      try {
        logs = List.copyOf(dirty);
        dirty = new LinkedHashSet<>();
        current = round;
        round = new Round();
        if (copies != null) {
          ops.addAll(copies);
          copies = null;
        }
      } finally {
        lock.unlock();
      }
      try {
        check();
        for (SegmentedGroupLog log : logs) {
          log.drainTo(ops, current);
        }
        if (!ops.isEmpty()) {
          writer.write(ops);
          considerCopying();
        }
        current.complete(null);
      } catch (IOException | RuntimeException | Error e) {
        fail(e);
        current.completeExceptionally(e);
      }
    }

    private void considerCopying() {
      if (copiedAt == writer.activeNumber()) {
        return;
      }
      Copier.Request request = writer.toBeCopied();
      if (request != null) {
        copiedAt = writer.activeNumber();
        lock.lock();
        try {
          copyRequest = request;
        } finally {
          lock.unlock();
        }
        committer.maintain();
      }
    }

    @Override
    public void maintain() {
      try {
        keeper.work();
        copyForward();
      } catch (IOException | RuntimeException | Error e) {
        // Without upkeep the writer would wait for its next file for ever.
        fail(e);
      }
    }

    private void copyForward() throws IOException {
      Copier.Request request;
      lock.lock();
      try {
        request = copyRequest;
        copyRequest = null;
      } finally {
        lock.unlock();
      }
      if (request == null || request.segment().number() < writer.oldestNumber()) {
        return;
      }
      List<LogOp> live = copier.read(request, options.segmentBytes() / 2);
      if (live != null) {
        lock.lock();
        try {
          copies = live;
        } finally {
          lock.unlock();
        }
        committer.wake();
      }
    }
  }

  private void fail(Throwable cause) {
    if (failure == null && !closed) {
      LOG.error("the log has failed", cause);
    }
    if (failure == null) {
      failure = cause;
    }
    keeper.endWaiting(cause);
  }

  @Override
  public void close() {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
    } finally {
      lock.unlock();
    }
    keeper.endWaiting(null);
    committer.stop();
    round.completeExceptionally(new IllegalStateException("the log is closed"));
    try {
      writer.close();
      keeper.close();
      disk.close();
    } catch (IOException e) {
      throw new StorageException("could not close the log", e);
    }
  }
}
