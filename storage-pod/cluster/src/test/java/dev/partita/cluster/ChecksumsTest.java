package dev.partita.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.partition.ReplicaChecksum;
import dev.partita.replication.Position;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChecksumsTest {
  private static final ReplicaChecksum SUM = new ReplicaChecksum(new Position(9, 2), 1, 42);

  private final Checksums checksums = new Checksums();

  @AfterEach
  void close() {
    checksums.close();
  }

  private static ChecksumOutcome get(CompletableFuture<ChecksumOutcome> outcome) throws Exception {
    return outcome.get(20, TimeUnit.SECONDS);
  }

  @Test
  void oneSumIsTakenAtATimeAndTheNextRightAfterIt() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    CompletableFuture<ChecksumOutcome> first =
        checksums.take(
            () -> {
              awaitUninterrupted(go);
              return SUM;
            });
    assertThat(get(checksums.take(() -> SUM))).isEqualTo(new ChecksumOutcome.Busy());
    go.countDown();
    assertThat(get(first)).isEqualTo(new ChecksumOutcome.Summed(SUM));
    assertThat(get(checksums.take(() -> null))).isEqualTo(new ChecksumOutcome.NoReplica());
  }

  @Test
  void aSumThatFailsMakesPlaceForTheNext() throws Exception {
    CompletableFuture<ChecksumOutcome> failed =
        checksums.take(
            () -> {
              throw new IllegalStateException("broken row");
            });
    assertThatThrownBy(() -> get(failed)).hasMessageContaining("broken row");
    assertThat(get(checksums.take(() -> SUM))).isEqualTo(new ChecksumOutcome.Summed(SUM));
  }

  @Test
  void closingEndsTheSumThatIsBeingTaken() {
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<ChecksumOutcome> endless =
        checksums.take(
            () -> {
              begun.countDown();
              awaitUninterrupted(new CountDownLatch(1));
              return SUM;
            });
    awaitUninterrupted(begun);
    checksums.close();
    assertThat(endless).isCompletedExceptionally();
    assertThatThrownBy(() -> checksums.take(() -> SUM))
        .isInstanceOf(RejectedExecutionException.class);
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      if (!latch.await(20, TimeUnit.SECONDS)) {
        throw new AssertionError("waited in vain");
      }
    } catch (InterruptedException e) {
      throw new CancellationException("interrupted");
    }
  }
}
