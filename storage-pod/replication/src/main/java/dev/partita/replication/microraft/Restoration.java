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
/// committed are applied here, before the core starts, and {@link RecentEntries} has them for
/// followers that are a little behind. The core is told of a snapshot at that mark: its ring of
/// entries has room for all that can be behind it, and the mark is in a place that is fit for one,
/// see {@link MarkPlaces}. What the state has already, {@link CoreMachine} passes over.
///
/// The stored entries stay in memory until the replica is restored, so they are read one by one:
/// only those behind the mark are there twice.
///
/// The snapshot's index is taken from the mark and not from the state's position: after a crash
/// between the installation of an image and the reset of the log the state is ahead, and entries of
/// the log up to there may be ones that were never committed.
final class Restoration {
  private static final RaftModelFactory MODELS = new DefaultRaftModelFactory();

  private final Restored restored;

  /// @throws IllegalStateException if the log has a gap
  Restoration(Restored restored) {
    this.restored = restored;
    long expected = restored.baseIndex() + 1;
    for (LogRecord record : restored.entries()) {
      if (record.index() != expected) {
        throw new IllegalStateException(
            restored.id() + ": entry " + record.index() + " where " + expected + " should be");
      }
      expected++;
    }
  }

  private static LogEntry entry(LogRecord record) {
    return EntriesCodec.entry(
        record.index(),
        Math.toIntExact(record.term()),
        OperationCodec.read(record.kind(), record.body()));
  }

  /// Hands over what the log marks as committed; what the state has already is only remembered.
  ///
  /// @throws MalformedMessageException if an entry cannot be read
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
    for (LogRecord record : restored.entries()) {
      if (record.index() <= restored.committed()) {
        machine.applyAndRemember(entry(record));
      }
    }
  }

  /// @throws MalformedMessageException if an entry cannot be read
  RestoredRaftState state() {
    Membership founders = new Membership(0, restored.founders());
    Membership members =
        restored.membership().length == 0
            ? founders
            : MembershipCodec.decode(restored.membership());
    long mark = restored.committed();
    List<LogEntry> behindMark = new ArrayList<>();
    for (LogRecord record : restored.entries()) {
      if (record.index() > mark) {
        behindMark.add(entry(record));
      }
    }
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
        behindMark);
  }

  private @Nullable SnapshotEntry snapshot(long mark, Membership members) {
    if (mark == 0) {
      return null;
    }
    long term =
        mark == restored.baseIndex()
            ? restored.baseTerm()
            : restored.entries().get((int) (mark - restored.baseIndex()) - 1).term();
    return Marks.snapshot(mark, Math.toIntExact(term), Marks.view(members));
  }
}
