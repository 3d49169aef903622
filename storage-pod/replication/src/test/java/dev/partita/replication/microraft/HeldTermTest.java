package dev.partita.replication.microraft;

import static dev.partita.replication.microraft.OneReplica.GROUP;
import static dev.partita.replication.microraft.OneReplica.MODELS;
import static dev.partita.replication.microraft.OneReplica.SECOND;
import static dev.partita.replication.microraft.OneReplica.SELF;
import static dev.partita.replication.microraft.OneReplica.mark;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.replication.GroupId;
import dev.partita.replication.LogStore.GroupLog;
import dev.partita.replication.LogStore.LogRecord;
import dev.partita.replication.Replica;
import dev.partita.replication.Transport;
import io.microraft.model.message.RaftMessage;
import io.microraft.model.persistence.RaftTermPersistentState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A term may wait for its vote, but nothing else may overtake it.
class HeldTermTest {
  private final List<String> done = new ArrayList<>();
  private final List<Throwable> faults = new ArrayList<>();
  private boolean broken;
  private final Life life = new Life(GROUP, SELF, (_, cause) -> faults.add(cause), () -> {});
  private final CoreView view = new CoreView();
  private final CoreStore store =
      new CoreStore(new RecordingLog(), life, view, new MarkPlaces(20, 2), 0, null, 0, 0);
  private final CoreTransport transport =
      new CoreTransport(
          GROUP,
          SELF.id(),
          new RecordingTransport(),
          life,
          store,
          new CatchUp(
              view,
              new RecentEntries(4, new EntryBudget(1_000, 1_000, 1_000)),
              16,
              new LongAdder()));

  private static RaftTermPersistentState term(int term, @Nullable Replica vote) {
    return MODELS
        .createRaftTermPersistentStateBuilder()
        .setTerm(term)
        .setVotedFor(vote == null ? null : new Endpoint(vote))
        .build();
  }

  private static RaftMessage answer(int term) {
    return MODELS
        .createVoteResponseBuilder()
        .setGroupId("")
        .setSender(new Endpoint(SELF))
        .setTerm(term)
        .setGranted(false)
        .build();
  }

  @Test
  void aTermIsWrittenOnceTogetherWithItsVote() {
    store.persistAndFlushTerm(term(5, null));
    store.persistAndFlushTerm(term(5, SELF));
    store.settleTerm();
    assertThat(done).containsExactly("vote 5 pod-1");
  }

  @Test
  void aVoteIsDurableBeforeTheCoreGoesOn() {
    store.persistAndFlushTerm(term(5, SECOND));
    assertThat(done).containsExactly("vote 5 pod-2");
  }

  @Test
  void noMessageLeavesBeforeItsTermIsDurable() {
    store.persistAndFlushTerm(term(5, null));
    transport.send(new Endpoint(SECOND), answer(5));
    assertThat(done).containsExactly("vote 5 null", "send");
  }

  @Test
  void noEntryIsWrittenBeforeItsTerm() {
    store.persistAndFlushTerm(term(5, null));
    store.persistLogEntries(List.of(mark(1, 5)));
    assertThat(done).containsExactly("vote 5 null", "append 1");
  }

  @Test
  void noEntryIsDroppedBeforeTheTermThatDropsIt() {
    store.persistAndFlushTerm(term(5, null));
    store.truncateLogEntriesFrom(3);
    assertThat(done).containsExactly("vote 5 null", "truncate 3");
  }

  @Test
  void theEndOfATaskWritesATermThatGotNoVote() {
    store.persistAndFlushTerm(term(5, null));
    store.settleTerm();
    store.settleTerm();
    assertThat(done).containsExactly("vote 5 null");
  }

  @Test
  void nothingLeavesWhenTheHeldTermCannotBeWritten() {
    store.persistAndFlushTerm(term(5, null));
    broken = true;
    assertThatThrownBy(() -> transport.send(new Endpoint(SECOND), answer(5)))
        .hasMessage("broken disk");
    transport.send(new Endpoint(SECOND), answer(5));
    store.settleTerm();
    assertThat(done).isEmpty();
    assertThat(faults).hasSize(1);
  }

  private final class RecordingTransport implements Transport {
    @Override
    public void send(String toPod, GroupId group, byte[] message) {
      done.add("send");
    }

    @Override
    public boolean reachable(String pod) {
      return true;
    }
  }

  private final class RecordingLog implements GroupLog {
    private void did(String what) {
      if (broken) {
        throw new IllegalStateException("broken disk");
      }
      done.add(what);
    }

    @Override
    public void append(LogRecord entry) {
      did("append " + entry.index());
    }

    @Override
    public void truncateFrom(long index) {
      did("truncate " + index);
    }

    @Override
    public void vote(long term, @Nullable Replica votedFor) {
      did("vote " + term + " " + (votedFor == null ? null : votedFor.pod()));
    }

    @Override
    public void committed(long index) {
      did("committed " + index);
    }

    @Override
    public void resetTo(long index, long term, byte[] membership) {
      did("reset " + index);
    }

    @Override
    public void cut(long index, byte[] membership) {
      did("cut " + index);
    }

    @Override
    public void flush() {
      did("flush");
    }
  }
}
