package dev.partita.cluster.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RefreshRoundsTest {
  private final List<CompletableFuture<Boolean>> started = new ArrayList<>();
  private final RefreshRounds rounds =
      new RefreshRounds(
          () -> {
            CompletableFuture<Boolean> round = new CompletableFuture<>();
            started.add(round);
            return round;
          });

  @Test
  void thoseWhoComeWhileARoundIsUnderWayShareTheNext() {
    CompletableFuture<Boolean> first = rounds.join();
    List<CompletableFuture<Boolean>> later = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      later.add(rounds.join());
    }
    assertThat(started).hasSize(1);

    started.get(0).complete(true);

    assertThat(first).isCompletedWithValue(true);
    assertThat(later).noneMatch(CompletableFuture::isDone);
    assertThat(started).hasSize(2);
    started.get(1).complete(false);
    assertThat(later).allSatisfy(joined -> assertThat(joined).isCompletedWithValue(false));
    assertThat(started).hasSize(2);
  }

  @Test
  void oneWhoGaveUpTakesNothingFromTheOthers() {
    CompletableFuture<Boolean> first = rounds.join();
    CompletableFuture<Boolean> impatient = rounds.join();
    CompletableFuture<Boolean> patient = rounds.join();
    impatient.complete(false);
    started.get(0).complete(true);
    started.get(1).complete(true);

    assertThat(first).isCompletedWithValue(true);
    assertThat(patient).isCompletedWithValue(true);
  }

  @Test
  void aRoundThatFailsMakesPlaceForTheNext() {
    CompletableFuture<Boolean> failed = rounds.join();
    started.get(0).completeExceptionally(new IllegalStateException("broken on purpose"));
    assertThat(failed).isCompletedWithValue(false);

    CompletableFuture<Boolean> again = rounds.join();
    started.get(1).complete(true);
    assertThat(again).isCompletedWithValue(true);
  }
}
