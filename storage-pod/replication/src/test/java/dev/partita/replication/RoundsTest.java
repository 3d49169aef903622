package dev.partita.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RoundsTest {
  private static final int MOST = 100;

  private final List<CompletableFuture<String>> started = new ArrayList<>();
  private final Rounds<String> rounds =
      new Rounds<>(
          () -> {
            CompletableFuture<String> round = new CompletableFuture<>();
            started.add(round);
            return round;
          },
          MOST,
          "too many");

  @Test
  void thoseWhoComeWhileARoundIsUnderWayShareTheNext() {
    CompletableFuture<String> first = rounds.join();
    CompletableFuture<String> second = rounds.join();
    CompletableFuture<String> third = rounds.join();
    assertThat(started).hasSize(1);
    started.getFirst().complete("one");
    assertThat(first).isCompletedWithValue("one");
    assertThat(second).isNotCompleted();
    assertThat(third).isNotCompleted();
    assertThat(started).hasSize(2);
    started.getLast().complete("two");
    assertThat(second).isCompletedWithValue("two");
    assertThat(third).isCompletedWithValue("two");
    assertThat(started).hasSize(2);
  }

  @Test
  void aQuietTimeIsFollowedByANewRound() {
    var _ = rounds.join();
    started.getFirst().complete("one");
    var _ = rounds.join();
    assertThat(started).hasSize(2);
  }

  @Test
  void whoIsOneTooManyIsRefusedAtOnce() {
    for (int i = 0; i < MOST; i++) {
      assertThat(rounds.join()).isNotCompleted();
    }
    assertThat(rounds.join()).isCompletedWithValue("too many");
    started.getFirst().complete("one");
    assertThat(rounds.join()).isNotCompleted();
  }

  @Test
  void oneWhoGaveUpTakesNothingFromTheOthers() {
    var _ = rounds.join();
    CompletableFuture<String> impatient = rounds.join();
    CompletableFuture<String> patient = rounds.join();
    impatient.complete("gone");
    started.getFirst().complete("one");
    started.getLast().complete("two");
    assertThat(patient).isCompletedWithValue("two");
  }

  @Test
  void aRoundThatFailsMakesPlaceForTheNext() {
    CompletableFuture<String> failed = rounds.join();
    CompletableFuture<String> next = rounds.join();
    started.getFirst().completeExceptionally(new IllegalStateException("broken on purpose"));
    assertThat(failed).isCompletedExceptionally();
    started.getLast().complete("two");
    assertThat(next).isCompletedWithValue("two");
  }

  @Test
  void aRoundThatCannotBeginFailsItsCallers() {
    Rounds<String> broken =
        new Rounds<>(
            () -> {
              throw new IllegalStateException("broken on purpose");
            },
            MOST,
            "too many");
    assertThat(broken.join()).isCompletedExceptionally();
    assertThat(broken.join()).isCompletedExceptionally();
  }

  @Test
  void nobodyWaitsOnceItIsOver() {
    CompletableFuture<String> asking = rounds.join();
    CompletableFuture<String> waiting = rounds.join();
    rounds.end("over");
    assertThat(asking).isCompletedWithValue("over");
    assertThat(waiting).isCompletedWithValue("over");
  }
}
