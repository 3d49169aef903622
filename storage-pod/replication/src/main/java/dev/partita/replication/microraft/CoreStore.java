package dev.partita.replication.microraft;

import dev.partita.replication.LogStore.GroupLog;
import dev.partita.replication.LogStore.LogRecord;
import dev.partita.replication.Replica;
import dev.partita.replication.microraft.Operation.Logged;
import io.microraft.model.log.LogEntry;
import io.microraft.model.log.RaftGroupMembersView;
import io.microraft.model.log.SnapshotChunk;
import io.microraft.model.persistence.RaftEndpointPersistentState;
import io.microraft.model.persistence.RaftTermPersistentState;
import io.microraft.persistence.RaftStore;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The core's store over the pod's log. Any failure stops the replica before the core can go on.
/// Only on the group's lane.
///
/// The core writes a new term first and its vote in that term a moment later, within one task, and
/// each would wait for the disk. So a term without a vote is held back, and mostly the vote takes
/// it along. This is safe, because Raft needs a term to be durable before anybody can know that
/// this replica was in it, and before anything else of that term is durable:
/// - a consensus message waits for the held term ({@link CoreTransport#send}), so no other replica
///   hears of a term that we could forget;
/// - a vote is never held, and is written together with its term before the core goes on, so a
///   leader's own vote counts only when it is durable;
/// - whatever else is written to the log is written behind the held term, so no entry of a term is
///   found without it;
/// - the end of the task waits for it too, so nothing is held while the core rests.
///
/// A replica that dies in between is as if it had died before the task: nobody has heard of it.
final class CoreStore implements RaftStore {
  private final GroupLog log;
  private final Life life;
  private final CoreView view;
  private final MarkPlaces marks;

  private boolean dirty;

  /// Whether {@link #term}, without a vote, is not written yet.
  private boolean termHeld;

  private long term;
  private @Nullable Replica vote;
  private long mark;
  private long durableState;
  private long cut;

  /// Set while an image is installed: then the log is replaced by {@link #reset}, in its order.
  private boolean installing;

  /// @param term as stored
  /// @param vote as stored
  /// @param mark the last index marked committed
  /// @param cut where the stored log begins
  CoreStore(
      GroupLog log,
      Life life,
      CoreView view,
      MarkPlaces marks,
      long term,
      @Nullable Replica vote,
      long mark,
      long cut) {
    this.log = log;
    this.life = life;
    this.view = view;
    this.marks = marks;
    this.term = term;
    this.vote = vote;
    this.mark = mark;
    this.cut = cut;
  }

  @Override
  public void persistAndFlushLocalEndpoint(RaftEndpointPersistentState ignored) {
    // Identity and founders are durable since the group was created in the store.
  }

  @Override
  public void persistAndFlushInitialGroupMembers(RaftGroupMembersView ignored) {
    // As above.
  }

  @Override
  public void persistAndFlushTerm(RaftTermPersistentState state) {
    Replica votedFor = Endpoint.replicaOrNull(state.getVotedFor());
    if (state.getTerm() == term && Objects.equals(votedFor, vote)) {
      return;
    }
    life.check();
    term = state.getTerm();
    vote = votedFor;
    termHeld = votedFor == null;
    if (votedFor != null) {
      orStop(() -> log.vote(term, votedFor));
    }
  }

  /// Makes a held term durable.
  void settleTerm() {
    if (termHeld && !life.isOver()) {
      orStop(() -> {});
    }
  }

  @Override
  public void persistLogEntries(List<LogEntry> entries) {
    orStop(() -> entries.forEach(this::append));
    dirty = true;
  }

  @Override
  public void truncateLogEntriesFrom(long index) {
    orStop(() -> log.truncateFrom(index));
    dirty = true;
  }

  /// Taking a mark: everything up to it is committed. During an install the chunk tells nothing.
  @Override
  public void persistSnapshotChunk(SnapshotChunk chunk) {
    if (installing) {
      return;
    }
    orStop(() -> log.committed(chunk.getIndex()));
    dirty = true;
    mark = chunk.getIndex();
    cutBehind();
  }

  /// The core forgets entries; what the disk forgets is decided by {@link #stateDurable}.
  @Override
  public void truncateLogEntriesUntil(long index) {}

  @Override
  public void deleteSnapshotChunks(long index, int count) {}

  @Override
  public void flush() {
    if (dirty) {
      orStop(log::flush);
      dirty = false;
    }
  }

  /// The state machine is durable up to `index`.
  void stateDurable(long index) {
    durableState = Math.max(durableState, index);
    cutBehind();
  }

  /// Some entries stay behind the mark, so that a restarted leader can still serve a follower that
  /// is only a little behind.
  private void cutBehind() {
    long allowed = Math.min(durableState, mark - marks.kept());
    if (allowed > cut) {
      cut = allowed;
      orStop(() -> log.cut(allowed, MembershipCodec.encode(view.membership())));
    }
  }

  void installing(boolean now) {
    installing = now;
  }

  /// Replaces the stored log by another: a base and the entries behind it, all of them committed.
  /// The state machine must have the state at the base durably: a log without the state before it
  /// could not be restored.
  ///
  /// @param committed last index of the new log
  void reset(long base, int baseTerm, byte[] membership, List<LogEntry> entries, long committed) {
    orStop(
        () -> {
          log.resetTo(base, baseTerm, membership);
          for (LogEntry entry : entries) {
            append(entry);
            // Along the way, since a crash may keep a part of them only: what is behind the mark
            // must fit into the core's ring of entries, and the mark must be in a fit place.
            if (entry.getIndex() % marks.every() == 0) {
              log.committed(entry.getIndex());
            }
          }
          log.committed(committed);
          log.flush();
        });
    dirty = false;
    mark = committed;
    cut = base;
  }

  private void append(LogEntry entry) {
    Logged operation = (Logged) entry.getOperation();
    log.append(
        new LogRecord(
            entry.getIndex(),
            entry.getTerm(),
            OperationCodec.kind(operation),
            OperationCodec.body(operation)));
  }

  /// Writes behind the held term.
  private void orStop(Runnable write) {
    life.check();
    try {
      if (termHeld) {
        log.vote(term, null);
        termHeld = false;
      }
      write.run();
    } catch (RuntimeException | Error e) {
      life.fail(e);
      throw e;
    }
  }
}
