package dev.partita.replication.microraft;

import static dev.partita.replication.microraft.OneReplica.SECOND;
import static dev.partita.replication.microraft.OneReplica.entry;
import static dev.partita.replication.microraft.OneReplica.snapshotMark;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.replication.Position;
import dev.partita.replication.microraft.PeerMessage.Fetch;
import dev.partita.replication.microraft.PeerMessage.Fetched;
import dev.partita.replication.microraft.PeerMessage.Piece;
import dev.partita.replication.microraft.PeerMessage.Tail;
import io.microraft.model.message.AppendEntriesFailureResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What may go wrong while an image is received ends the transfer, and nothing else.
class ImageTransferTest {
  private static final Position POSITION = new Position(120, 90);
  private static final byte[] IMAGE = {0, 0, 0, 1, 0, 1, 'x'};

  private final OneReplica replica = new OneReplica(1_000);

  private Fetch begun() {
    replica.receive(SECOND, snapshotMark(3, 2, 100));
    return replica.sent(Fetch.class).getFirst();
  }

  private void piece(Fetch fetch, int piece, byte[] data) {
    replica.receive(SECOND, new Piece(fetch.fetch(), piece, POSITION, 2, data.length == 0, data));
  }

  private void assertOver(Fetch fetch) {
    assertThat(replica.sent)
        .extracting(OneReplica.Sent::message)
        .filteredOn(message -> !(message instanceof PeerMessage.Raft))
        .containsExactly(new Fetched(fetch.fetch()));
    replica.sent.clear();
    assertThat(replica.machine.staged()).isZero();
    assertThat(replica.machine.installs()).isZero();
    assertThat(replica.faults).isEmpty();
  }

  private void assertNextOneSucceeds(long before) {
    Fetch fetch = begun();
    assertThat(fetch.fetch()).isNotEqualTo(before);
    piece(fetch, 0, IMAGE);
    piece(fetch, 1, new byte[0]);
    assertThat(replica.machine.texts()).containsExactly("x");
    assertThat(replica.machine.staged()).isZero();
    assertThat(replica.faults).isEmpty();
  }

  @Test
  void noImageIsFetchedWhileTheDiskIsFullButTheLeaderIsHeard() {
    replica.open();
    replica.logs.hasSpace(false);
    replica.receive(SECOND, snapshotMark(3, 2, 100));
    replica.scheduler.pass(Duration.ofMillis(900));
    assertThat(replica.sent)
        .extracting(OneReplica.Sent::message)
        .allMatch(
            message ->
                message instanceof PeerMessage.Raft raft
                    && raft.message() instanceof AppendEntriesFailureResponse)
        .isNotEmpty();
    assertThat(replica.group().report().leader()).isEqualTo(SECOND);
    replica.logs.hasSpace(true);
    assertNextOneSucceeds(0);
  }

  @Test
  void anImageUnderWayIsGivenUpWhenTheDiskIsFull() {
    replica.open();
    Fetch fetch = begun();
    piece(fetch, 0, IMAGE);
    replica.sent.clear();
    assertThat(replica.machine.staged()).isEqualTo(1);
    replica.logs.hasSpace(false);
    piece(fetch, 1, IMAGE);
    assertOver(fetch);
    replica.logs.hasSpace(true);
    assertNextOneSucceeds(fetch.fetch());
  }

  @Test
  void aSilentTransferIsGivenUpWhenTheDiskIsFull() {
    replica.open();
    Fetch fetch = begun();
    piece(fetch, 0, IMAGE);
    replica.sent.clear();
    replica.logs.hasSpace(false);
    replica.scheduler.pass(Duration.ofSeconds(1));
    assertOver(fetch);
  }

  @Test
  void anImageThatWaitsForItsMarkIsGivenUpWhenTheDiskIsFull() {
    replica.open();
    Fetch fetch = begun();
    piece(fetch, 0, IMAGE);
    replica.receive(SECOND, snapshotMark(3, 3, 122));
    piece(fetch, 1, new byte[0]);
    replica.receive(SECOND, new Tail(fetch.fetch(), 2, List.of(entry(121, 2, 90, "e121"))));
    assertThat(replica.machine.staged()).isEqualTo(1);
    replica.sent.clear();
    replica.logs.hasSpace(false);
    replica.receive(SECOND, snapshotMark(3, 3, 122));
    assertOver(fetch);
  }

  @Test
  void aPieceThatCannotBeKeptEndsTheTransferAndNotTheReplica() {
    replica.open();
    Fetch fetch = begun();
    replica.machine.refusePieces(true);
    piece(fetch, 0, IMAGE);
    assertOver(fetch);
    replica.machine.refusePieces(false);
    assertNextOneSucceeds(fetch.fetch());
  }

  @Test
  void anImageThatIsNotWholeEndsTheTransferAndNotTheReplica() {
    replica.open();
    Fetch fetch = begun();
    piece(fetch, 0, new byte[] {0, 0});
    replica.sent.clear();
    piece(fetch, 1, new byte[0]);
    assertOver(fetch);
    assertNextOneSucceeds(fetch.fetch());
  }

  @Test
  void entriesThatDoNotFollowTheImageEndTheTransferAndNotTheReplica() {
    replica.open();
    Fetch fetch = begun();
    piece(fetch, 0, IMAGE);
    replica.receive(SECOND, snapshotMark(3, 3, 122));
    piece(fetch, 1, new byte[0]);
    replica.sent.clear();
    replica.receive(SECOND, new Tail(fetch.fetch(), 2, List.of(entry(122, 2, 90, "e122"))));
    assertOver(fetch);
  }
}
