package dev.partita.replication.microraft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.replication.GroupLimits;
import dev.partita.replication.ReadPermit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ReadRoundsTest {
  private final List<CompletableFuture<ReadPermit>> rounds = new ArrayList<>();
  private final ReadRounds reads =
      new ReadRounds(
          () -> {
            CompletableFuture<ReadPermit> round = new CompletableFuture<>();
            rounds.add(round);
            return round;
          });

  @Test
  void readsThatComeDuringARoundWaitForTheNextOne() {
    CompletableFuture<ReadPermit> first = reads.permit();
    CompletableFuture<ReadPermit> second = reads.permit();
    CompletableFuture<ReadPermit> third = reads.permit();
    assertThat(rounds).hasSize(1);
    rounds.getFirst().complete(ReadPermit.Granted.INSTANCE);
    assertThat(first).isCompletedWithValue(ReadPermit.Granted.INSTANCE);
    assertThat(second).isNotCompleted();
    assertThat(third).isNotCompleted();
    assertThat(rounds).hasSize(2);
    rounds.getLast().complete(new ReadPermit.NotLeader(null));
    assertThat(second).isCompletedWithValue(new ReadPermit.NotLeader(null));
    assertThat(third).isCompletedWithValue(new ReadPermit.NotLeader(null));
    assertThat(rounds).hasSize(2);
  }

  @Test
  void aQuietTimeIsFollowedByANewRound() {
    var _ = reads.permit();
    rounds.getFirst().complete(ReadPermit.Granted.INSTANCE);
    var _ = reads.permit();
    assertThat(rounds).hasSize(2);
  }

  @Test
  void tooManyWaitingReadsAreRefused() {
    for (int i = 0; i < GroupLimits.MAX_WAITING_READS; i++) {
      assertThat(reads.permit()).isNotCompleted();
    }
    assertThat(reads.permit())
        .isCompletedWithValueMatching(permit -> permit instanceof ReadPermit.Refused);
  }

  @Test
  void nobodyWaitsForAReplicaThatHasStopped() {
    CompletableFuture<ReadPermit> confirming = reads.permit();
    CompletableFuture<ReadPermit> waiting = reads.permit();
    reads.end(new ReadPermit.NotLeader(null));
    assertThat(confirming).isCompletedWithValue(new ReadPermit.NotLeader(null));
    assertThat(waiting).isCompletedWithValue(new ReadPermit.NotLeader(null));
  }
}
