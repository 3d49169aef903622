package dev.partita.replication.microraft;

import static dev.partita.replication.microraft.OneReplica.MODELS;
import static dev.partita.replication.microraft.OneReplica.SECOND;
import static dev.partita.replication.microraft.OneReplica.THIRD;
import static dev.partita.replication.microraft.OneReplica.append;
import static dev.partita.replication.microraft.OneReplica.appended;
import static dev.partita.replication.microraft.OneReplica.entry;
import static dev.partita.replication.microraft.OneReplica.mark;
import static dev.partita.replication.microraft.OneReplica.snapshotMark;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.replication.LogStore.Restored;
import dev.partita.replication.Position;
import dev.partita.replication.microraft.PeerMessage.Fetch;
import dev.partita.replication.microraft.PeerMessage.Fetched;
import dev.partita.replication.microraft.PeerMessage.NoImage;
import dev.partita.replication.microraft.PeerMessage.Piece;
import dev.partita.replication.microraft.PeerMessage.Tail;
import io.microraft.model.log.LogEntry;
import io.microraft.model.message.AppendEntriesFailureResponse;
import io.microraft.model.message.AppendEntriesSuccessResponse;
import io.microraft.model.message.RaftMessage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageGateTest {
  private final OneReplica replica = new OneReplica(1_000);

  /// MicroRaft's pull request 54: an old leader whose log is a mark and unreplicated entries.
  @Test
  void anOldLeaderThatHasOnlyAMarkAndUnreplicatedEntriesIsBroughtBack() {
    replica.restoreAt(28, 2, 2, entry(29, 2, 1, "lost"), entry(30, 2, 1, "lost, too"));

    replica.receive(SECOND, append(SECOND, 3, 28, 2, 28));
    assertThat(replica.sent(AppendEntriesSuccessResponse.class))
        .singleElement()
        .satisfies(answer -> assertThat(answer.getLastLogIndex()).isEqualTo(28));

    replica.receive(SECOND, append(SECOND, 3, 28, 2, 30, mark(29, 3), entry(30, 3, 29, "kept")));
    assertThat(replica.sent(AppendEntriesSuccessResponse.class))
        .singleElement()
        .satisfies(answer -> assertThat(answer.getLastLogIndex()).isEqualTo(30));
    assertThat(replica.storedTerms()).containsExactly(3L, 3L);
    assertThat(replica.machine.texts()).containsExactly("kept");
    assertThat(replica.faults).isEmpty();
  }

  @Test
  void entriesBehindAMarkThatAreTheLeadersStay() {
    replica.restoreAt(28, 2, 2, mark(29, 2), entry(30, 2, 29, "same"));
    replica.receive(
        SECOND, append(SECOND, 3, 28, 2, 28, mark(29, 2), entry(30, 2, 29, "same"), mark(31, 3)));
    assertThat(replica.sent(AppendEntriesSuccessResponse.class))
        .singleElement()
        .satisfies(answer -> assertThat(answer.getLastLogIndex()).isEqualTo(31));
    assertThat(replica.storedTerms()).containsExactly(2L, 2L, 3L);
  }

  @Test
  void aLeaderWithAnotherHistoryBeforeOurMarkStopsTheReplica() {
    replica.restoreAt(28, 2, 2, entry(29, 2, 1, "tail"));
    replica.receive(SECOND, append(SECOND, 3, 28, 1, 28));
    assertThat(replica.faults)
        .singleElement()
        .satisfies(cause -> assertThat(cause).hasMessageContaining("another history"));
  }

  @Test
  void anAppendThatBeginsLongBeforeTheCommitIndexIsTakenFromThereOn() {
    replica.restoreAt(28, 2, 2);
    LogEntry[] entries = new LogEntry[10];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = entry(21 + i, i < 8 ? 2 : 3, 1, "e" + (21 + i));
    }
    replica.receive(SECOND, append(SECOND, 3, 20, 2, 30, entries));
    assertThat(replica.sent(AppendEntriesSuccessResponse.class))
        .singleElement()
        .satisfies(answer -> assertThat(answer.getLastLogIndex()).isEqualTo(30));
    assertThat(replica.machine.texts()).containsExactly("e29", "e30");
  }

  @Test
  void anAppendThatEndsBeforeTheCommitIndexDoesNotMoveItBack() {
    replica.open();
    replica.receive(
        SECOND, append(SECOND, 1, 0, 0, 3, mark(1, 1), entry(2, 1, 1, "a"), entry(3, 1, 1, "b")));
    replica.receive(SECOND, append(SECOND, 1, 0, 0, 5, mark(1, 1)));
    assertThat(replica.sent(AppendEntriesSuccessResponse.class))
        .last()
        .satisfies(answer -> assertThat(answer.getLastLogIndex()).isEqualTo(3));
    assertThat(replica.machine.texts()).containsExactly("a", "b");
  }

  @Test
  void entriesAreNotTakenWhileTheDiskIsFullButTheLeaderIsHeard() {
    replica.open();
    replica.logs.hasSpace(false);
    replica.receive(SECOND, append(SECOND, 1, 0, 0, 0, mark(1, 1)));
    assertThat(replica.sent(AppendEntriesSuccessResponse.class))
        .singleElement()
        .satisfies(answer -> assertThat(answer.getLastLogIndex()).isZero());
    assertThat(replica.storedTerms()).isEmpty();
    assertThat(replica.group().report().leader()).isEqualTo(SECOND);
  }

  @Test
  void acknowledgementsOfAnEarlierTermAreNotCounted() {
    replica.open();
    int term = replica.lead();
    replica.receive(SECOND, appended(term - 1, 1));
    replica.receive(THIRD, appended(term - 1, 1));
    assertThat(replica.machine.epoch()).isZero();
    replica.receive(SECOND, appended(term, 1));
    assertThat(replica.machine.epoch()).isEqualTo(1);
  }

  @Test
  void aMarkOfALeaderIsTakenOnlyWhenItsStateIsHere() {
    replica.open();
    replica.receive(SECOND, snapshotMark(3, 2, 100));
    Fetch first = replica.sent(Fetch.class).getFirst();
    assertThat(first.atLeast()).isEqualTo(100);
    assertThat(first.piece()).isZero();
    assertThat(replica.group().report().leader()).isEqualTo(SECOND);

    Position position = new Position(120, 90);
    replica.receive(SECOND, new Piece(first.fetch(), 0, position, 2, false, image("x")));
    assertThat(replica.sent(Fetch.class)).extracting(Fetch::piece).containsExactly(1);
    replica.receive(SECOND, snapshotMark(3, 2, 100));
    assertThat(replica.machine.installs()).isZero();
    replica.receive(SECOND, new Piece(first.fetch(), 1, position, 2, true, new byte[0]));
    assertThat(replica.machine.installs()).isEqualTo(1);
    assertThat(replica.machine.position()).isEqualTo(position);
    assertThat(replica.machine.texts()).containsExactly("x");
    assertThat(replica.sent(AppendEntriesSuccessResponse.class))
        .last()
        .satisfies(answer -> assertThat(answer.getLastLogIndex()).isEqualTo(100));

    // Entries up to the image's position are in it already.
    LogEntry[] entries = new LogEntry[21];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = entry(101 + i, 2, 90, "e" + (101 + i));
    }
    replica.receive(SECOND, append(SECOND, 3, 100, 2, 121, entries));
    assertThat(replica.machine.texts()).containsExactly("x", "e121");
    assertThat(replica.faults).isEmpty();
  }

  @Test
  void aMarkThatRanAheadOfTheImageIsReachedByTheEntriesBehindIt() {
    replica.open();
    replica.receive(SECOND, snapshotMark(3, 2, 100));
    Fetch first = replica.sent(Fetch.class).getFirst();
    Position position = new Position(120, 90);
    replica.receive(SECOND, new Piece(first.fetch(), 0, position, 2, false, image("x")));
    replica.receive(SECOND, snapshotMark(3, 3, 122));
    replica.receive(SECOND, new Piece(first.fetch(), 1, position, 2, true, new byte[0]));
    assertThat(replica.sent(Fetch.class)).extracting(Fetch::piece).containsExactly(1, 2);
    replica.receive(SECOND, new Tail(first.fetch(), 2, List.of(entry(121, 2, 90, "e121"))));
    assertThat(replica.sent(Fetch.class)).isEmpty();

    replica.receive(SECOND, snapshotMark(3, 3, 123));
    assertThat(replica.machine.installs()).isZero();
    assertThat(replica.sent(Fetch.class)).extracting(Fetch::piece).containsExactly(3);
    replica.receive(
        SECOND,
        new Tail(
            first.fetch(),
            3,
            List.of(mark(122, 3), entry(123, 3, 122, "e123"), entry(124, 3, 122, "e124"))));

    assertThat(replica.machine.texts()).containsExactly("x", "e121", "e123");
    assertThat(replica.machine.position()).isEqualTo(new Position(123, 122));
    assertThat(replica.sent(AppendEntriesSuccessResponse.class))
        .last()
        .satisfies(answer -> assertThat(answer.getLastLogIndex()).isEqualTo(123));
    Restored log = replica.logs.restored().iterator().next();
    assertThat(log.baseIndex()).isEqualTo(120);
    assertThat(log.baseTerm()).isEqualTo(2);
    assertThat(log.committed()).isEqualTo(123);
    assertThat(replica.storedTerms()).containsExactly(2L, 3L, 3L);

    replica.receive(
        SECOND,
        append(SECOND, 3, 123, 3, 125, entry(124, 3, 122, "e124"), entry(125, 3, 122, "e125")));
    assertThat(replica.machine.texts()).endsWith("e124", "e125").hasSize(5);
    assertThat(replica.faults).isEmpty();
  }

  @Test
  void aReplicaSendsItsStateAndThenWhatItAppliesMeanwhile() {
    replica.open();
    replica.receive(
        SECOND, append(SECOND, 1, 0, 0, 2, mark(1, 1), entry(2, 1, 1, "a"), entry(3, 1, 1, "b")));
    replica.receive(THIRD, new Fetch(9, 2, 0));
    Piece piece = replica.sent(Piece.class).getFirst();
    assertThat(piece.position()).isEqualTo(new Position(2, 1));
    assertThat(piece.term()).isEqualTo(1);
    replica.receive(THIRD, new Fetch(9, 2, 0));
    assertThat(replica.sent(Piece.class)).singleElement().matches(p -> p.piece() == 0);
    replica.receive(SECOND, append(SECOND, 1, 3, 1, 3));
    replica.receive(THIRD, new Fetch(9, 2, 1));
    assertThat(replica.sent(Piece.class)).singleElement().matches(Piece::last);
    replica.receive(THIRD, new Fetch(9, 2, 2));
    assertThat(replica.sent(Tail.class))
        .singleElement()
        .satisfies(
            tail -> {
              assertThat(tail.entries()).extracting(LogEntry::getIndex).containsExactly(3L);
              assertThat(tail.entries()).extracting(LogEntry::getTerm).containsExactly(1);
            });
    replica.receive(THIRD, new Fetch(9, 2, 3));
    assertThat(replica.sent(Tail.class)).singleElement().matches(t -> t.entries().isEmpty());
  }

  @Test
  void onlySoManyImagesAreSentAtOnceAndAFinishedOneMakesRoom() {
    replica.open();
    replica.receive(SECOND, append(SECOND, 1, 0, 0, 1, mark(1, 1)));
    replica.receive(THIRD, new Fetch(9, 1, 0));
    assertThat(replica.sent(Piece.class)).hasSize(1);
    replica.receive(SECOND, new Fetch(10, 1, 0));
    assertThat(replica.sent(NoImage.class)).hasSize(1);
    replica.receive(THIRD, new Fetched(9));
    replica.receive(SECOND, new Fetch(10, 1, 0));
    assertThat(replica.sent(Piece.class)).hasSize(1);
    replica.scheduler.pass(Duration.ofSeconds(30));
    replica.receive(THIRD, new Fetch(11, 1, 0));
    assertThat(replica.sent(Piece.class)).hasSize(1);
  }

  @Test
  void aStateThatIsOlderThanTheMarkIsNotSent() {
    replica.open();
    replica.receive(SECOND, append(SECOND, 1, 0, 0, 1, mark(1, 1)));
    replica.receive(THIRD, new Fetch(9, 2, 0));
    assertThat(replica.sent(NoImage.class)).hasSize(1);
    replica.receive(THIRD, new Fetch(9, 1, 4));
    assertThat(replica.sent(NoImage.class)).hasSize(1);
  }

  @Test
  void aTransferEndsWhenTheStateGetsThereByItself() {
    replica.open();
    replica.receive(SECOND, append(SECOND, 3, 0, 0, 1, mark(1, 1)));
    replica.receive(SECOND, snapshotMark(3, 1, 3));
    Fetch first = replica.sent(Fetch.class).getFirst();
    Position position = new Position(3, 1);
    replica.receive(SECOND, new Piece(first.fetch(), 0, position, 1, false, image("x")));
    LogEntry[] entries = {entry(2, 1, 1, "a"), entry(3, 1, 1, "b"), entry(4, 1, 1, "c")};
    replica.receive(SECOND, append(SECOND, 3, 1, 1, 2, entries[0]));
    assertThat(replica.sent(Fetched.class)).isEmpty();
    replica.receive(SECOND, append(SECOND, 3, 2, 1, 4, entries[1], entries[2]));
    assertThat(replica.sent(Fetched.class)).containsExactly(new Fetched(first.fetch()));
    replica.receive(SECOND, new Piece(first.fetch(), 1, position, 1, true, new byte[0]));
    assertThat(replica.machine.installs()).isZero();
    assertThat(replica.machine.texts()).containsExactly("a", "b", "c");
    replica.receive(SECOND, snapshotMark(3, 1, 6));
    assertThat(replica.sent(Fetch.class))
        .singleElement()
        .satisfies(fetch -> assertThat(fetch.fetch()).isNotEqualTo(first.fetch()));
    assertThat(replica.faults).isEmpty();
  }

  @Test
  void aPreVoteRejectedForALaterTermMovesUsToThatTerm() {
    replica.open();
    replica.receive(SECOND, preVoteRejection(9));
    assertThat(replica.group().report().term()).isEqualTo(9);
    replica.receive(SECOND, preVoteRejection(10));
    assertThat(replica.group().report().term()).isEqualTo(9);
    assertThat(replica.logs.restored().iterator().next().term()).isEqualTo(9);
  }

  private static RaftMessage preVoteRejection(int term) {
    return MODELS
        .createPreVoteResponseBuilder()
        .setGroupId("")
        .setSender(new Endpoint(SECOND))
        .setTerm(term)
        .setGranted(false)
        .build();
  }

  @Test
  void anUnansweredRequestForAnImageIsRepeatedAndGivenUpInTheEnd() {
    replica.open();
    replica.receive(SECOND, snapshotMark(3, 2, 100));
    replica.scheduler.pass(Duration.ofSeconds(30));
    List<Fetch> asked = replica.sent(Fetch.class);
    assertThat(asked).hasSize(8).allMatch(f -> f.piece() == 0);
    replica.receive(THIRD, snapshotMark(4, 2, 100));
    assertThat(replica.sent(Fetch.class))
        .singleElement()
        .satisfies(f -> assertThat(f.fetch()).isNotEqualTo(asked.getFirst().fetch()));
  }

  @Test
  void whoeverHasNoImageIsAskedAgainOnlyAtTheNextMark() {
    replica.open();
    replica.receive(SECOND, snapshotMark(3, 2, 100));
    Fetch asked = replica.sent(Fetch.class).getFirst();
    replica.receive(SECOND, new NoImage(asked.fetch()));
    replica.scheduler.pass(Duration.ofMillis(900));
    assertThat(replica.sent(Fetch.class)).isEmpty();
    replica.receive(SECOND, snapshotMark(3, 2, 100));
    assertThat(replica.sent(Fetch.class)).hasSize(1);
  }

  @Test
  void anImageThatIsOlderThanTheMarkIsNotTaken() {
    replica.open();
    replica.receive(SECOND, snapshotMark(3, 2, 100));
    Fetch asked = replica.sent(Fetch.class).getFirst();
    replica.receive(SECOND, new Piece(asked.fetch(), 0, new Position(99, 1), 2, false, image("x")));
    replica.receive(SECOND, new Piece(asked.fetch(), 1, new Position(99, 1), 2, true, new byte[0]));
    replica.receive(SECOND, snapshotMark(3, 2, 100));
    assertThat(replica.machine.installs()).isZero();
  }

  @Test
  void aMarkWhoseEntryIsHereNeedsNoImage() {
    replica.open();
    replica.receive(
        SECOND, append(SECOND, 1, 0, 0, 0, mark(1, 1), entry(2, 1, 1, "a"), entry(3, 1, 1, "b")));
    replica.receive(SECOND, snapshotMark(1, 1, 2));
    assertThat(replica.sent(Fetch.class)).isEmpty();
    assertThat(replica.machine.texts()).containsExactly("a");
    assertThat(replica.storedTerms()).hasSize(3);
  }

  @Test
  void aRequestFromAnEarlierTermIsRejected() {
    replica.restoreAt(28, 2, 5);
    replica.receive(SECOND, append(SECOND, 4, 28, 2, 28));
    assertThat(replica.sent(AppendEntriesFailureResponse.class))
        .singleElement()
        .satisfies(answer -> assertThat(answer.getTerm()).isEqualTo(5));
    replica.receive(SECOND, snapshotMark(4, 2, 100));
    assertThat(replica.sent(Fetch.class)).isEmpty();
  }

  private static byte[] image(String text) {
    return new byte[] {0, 0, 0, 1, 0, (byte) text.length(), (byte) text.charAt(0)};
  }
}
