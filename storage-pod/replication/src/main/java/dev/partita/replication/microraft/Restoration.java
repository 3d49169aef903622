package dev.partita.replication.microraft;

import dev.partita.replication.LogStore.LogRecord;
import dev.partita.replication.LogStore.Restored;
import dev.partita.replication.microraft.MembershipCodec.Membership;
import io.microraft.model.RaftModelFactory;
import io.microraft.model.impl.DefaultRaftModelFactory;
import io.microraft.model.log.LogEntry;
import io.microraft.model.log.SnapshotEntry;
import io.microraft.persistence.RestoredRaftState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Brings a replica back from its log and its state.
///
/// The state machine stands at some index of its own. Entries behind it that the log marks as
/// committed are applied here, before the core starts. The core is told of a snapshot at `committed
/// mark - entries kept`, never before the log's base: there its ring of entries has room for all
/// that can be in the log, and the entries from there on are at hand for followers that are a
/// little behind. What the core applies again, {@link CoreMachine} passes over.
///
/// The snapshot's index is taken from the mark and not from the state's position: after a crash
/// between the installation of an image and the reset of the log the state is ahead, and entries of
/// the log up to there may be ones that were never committed.
final class Restoration {
  private static final RaftModelFactory MODELS = new DefaultRaftModelFactory();

  private final Restored restored;
  private final List<LogEntry> entries;

  /// @throws IllegalStateException if the log has a gap
  /// @throws MalformedMessageException if an entry cannot be read
  Restoration(Restored restored) {
    this.restored = restored;
    this.entries = new ArrayList<>(restored.entries().size());
    long expected = restored.baseIndex() + 1;
    for (LogRecord record : restored.entries()) {
      if (record.index() != expected) {
        throw new IllegalStateException(
            restored.id() + ": entry " + record.index() + " where " + expected + " should be");
      }
      expected++;
      entries.add(
          EntriesCodec.entry(
              record.index(),
              Math.toIntExact(record.term()),
              OperationCodec.read(record.kind(), record.body())));
    }
  }

  /// Hands over what the log marks as committed; what the state has already is only remembered.
  void replay(CoreMachine machine) {
    long applied = machine.position().index();
    if (applied < restored.baseIndex()) {
      throw new IllegalStateException(
          restored.id()
              + ": the state stands at "
              + applied
              + ", but the log was cut at "
              + restored.baseIndex());
    }
    for (LogEntry entry : entries) {
      if (entry.getIndex() <= restored.committed()) {
        machine.applyAndRemember(entry);
      }
    }
  }

  RestoredRaftState state(int entriesKeptBehindMark) {
    Membership founders = new Membership(0, restored.founders());
    Membership members =
        restored.membership().length == 0
            ? founders
            : MembershipCodec.decode(restored.membership());
    long mark = Math.max(restored.baseIndex(), restored.committed() - entriesKeptBehindMark);
    return new RestoredRaftState(
        MODELS
            .createRaftEndpointPersistentStateBuilder()
            .setLocalEndpoint(new Endpoint(restored.self()))
            .setVoting(members.voters().contains(restored.self()))
            .build(),
        Marks.view(founders),
        MODELS
            .createRaftTermPersistentStateBuilder()
            .setTerm(Math.toIntExact(restored.term()))
            .setVotedFor(restored.votedFor() == null ? null : new Endpoint(restored.votedFor()))
            .build(),
        snapshot(mark, members),
        entries.subList((int) (mark - restored.baseIndex()), entries.size()));
  }

  private @Nullable SnapshotEntry snapshot(long mark, Membership members) {
    if (mark == 0) {
      return null;
    }
    long term =
        mark == restored.baseIndex()
            ? restored.baseTerm()
            : entries.get((int) (mark - restored.baseIndex()) - 1).getTerm();
    return Marks.snapshot(mark, Math.toIntExact(term), Marks.view(members));
  }
}
