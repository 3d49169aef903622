package dev.partita.replication.microraft;

import static dev.partita.replication.microraft.OneReplica.MODELS;
import static dev.partita.replication.microraft.OneReplica.SECOND;
import static dev.partita.replication.microraft.OneReplica.append;
import static dev.partita.replication.microraft.OneReplica.appended;
import static dev.partita.replication.microraft.OneReplica.entry;
import static dev.partita.replication.microraft.OneReplica.mark;
import static dev.partita.replication.microraft.OneReplica.snapshotMark;
import static org.assertj.core.api.Assertions.assertThat;

import io.microraft.model.log.LogEntry;
import io.microraft.model.message.AppendEntriesFailureResponse;
import io.microraft.model.message.AppendEntriesRequest;
import io.microraft.model.message.InstallSnapshotRequest;
import io.microraft.model.message.RaftMessage;
import org.junit.jupiter.api.Test;

class CatchUpTest {
  /// After a restart the core begins behind the mark at 40.
  private static final int ENTRIES_PER_MARK = 20;

  private final OneReplica replica = new OneReplica(ENTRIES_PER_MARK);

  /// Leads behind forty committed entries, of which the log has those from 11 on.
  private static int leadBehindForty(OneReplica replica) {
    LogEntry[] entries = new LogEntry[30];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = entry(11 + i, i < 10 ? 2 : 3, 1, "e" + (11 + i));
    }
    replica.restoreAt(10, 2, 3, 40, entries);
    int term = replica.lead();
    replica.sent.clear();
    return term;
  }

  @Test
  void aFollowerBehindTheMarkGetsTheEntriesThatTheCoreHasForgotten() {
    int term = leadBehindForty(replica);
    replica.receive(SECOND, rejected(term, 21));
    AppendEntriesRequest question = replica.sent(AppendEntriesRequest.class).getLast();
    assertThat(question.getPreviousLogIndex()).isEqualTo(20);
    assertThat(question.getPreviousLogTerm()).isEqualTo(2);
    assertThat(question.getLogEntries()).isEmpty();

    replica.receive(SECOND, appended(term, 20, question.getFlowControlSequenceNumber()));
    AppendEntriesRequest answer = replica.sent(AppendEntriesRequest.class).getLast();
    assertThat(answer.getPreviousLogIndex()).isEqualTo(20);
    assertThat(answer.getLogEntries())
        .extracting(LogEntry::getIndex)
        .startsWith(21L, 22L)
        .isSorted()
        .allMatch(index -> index <= 40);
    assertThat(answer.getLogEntries()).extracting(LogEntry::getTerm).containsOnly(3);
    assertThat(replica.faults).isEmpty();
  }

  @Test
  void aFollowerBehindAllThatIsRememberedGetsTheMark() {
    int term = leadBehindForty(replica);
    replica.receive(SECOND, rejected(term, 11));
    assertThat(replica.sent(InstallSnapshotRequest.class)).isNotEmpty();

    OneReplica forgetful = new OneReplica(ENTRIES_PER_MARK, 5);
    term = leadBehindForty(forgetful);
    forgetful.receive(SECOND, rejected(term, 36));
    assertThat(forgetful.sent(InstallSnapshotRequest.class)).isNotEmpty();
  }

  @Test
  void aLogsEndIsNotBelievedToLieBeforeWhatWasAcknowledged() {
    int term = leadBehindForty(replica);
    replica.receive(SECOND, appended(term, 40));
    replica.sent.clear();
    replica.receive(SECOND, rejected(term, 21));
    assertThat(replica.sent(AppendEntriesRequest.class))
        .allMatch(request -> request.getPreviousLogIndex() >= 40);
  }

  @Test
  void aRejectionTellsWhereTheLogEnds() {
    replica.open();
    replica.receive(
        SECOND, append(SECOND, 1, 0, 0, 2, mark(1, 1), entry(2, 1, 1, "a"), entry(3, 1, 1, "b")));
    replica.receive(SECOND, append(SECOND, 1, 50, 1, 50));
    assertThat(replica.sent(AppendEntriesFailureResponse.class))
        .singleElement()
        .satisfies(answer -> assertThat(answer.getExpectedNextIndex()).isEqualTo(4));
  }

  @Test
  void theRejectionOfAMarkNamesNoPlaceInTheLog() {
    replica.open();
    replica.receive(SECOND, snapshotMark(3, 2, 100));
    assertThat(replica.sent(AppendEntriesFailureResponse.class))
        .singleElement()
        .satisfies(
            answer -> assertThat(answer.getExpectedNextIndex()).isGreaterThan(MessageGate.NOWHERE));
  }

  private static RaftMessage rejected(int term, long expectedNext) {
    return MODELS
        .createAppendEntriesFailureResponseBuilder()
        .setGroupId("")
        .setSender(new Endpoint(SECOND))
        .setTerm(term)
        .setExpectedNextIndex(expectedNext)
        .setQuerySequenceNumber(0)
        .setFlowControlSequenceNumber(1)
        .build();
  }
}
