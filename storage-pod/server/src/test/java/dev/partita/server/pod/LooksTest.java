package dev.partita.server.pod;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LooksTest {

  /// What docs/operations/pod.md promises for access keys.
  private static final long KEYS_PROMISE_MILLIS = 2_000;

  @Test
  void aChangeThatMustBeSeenTwiceIsSeenInTime() {
    // At worst it comes just behind a look.
    assertThat(3 * Looks.PAUSE_MILLIS).isLessThan(KEYS_PROMISE_MILLIS);
  }

  @Test
  void oneLookThatFailsEndsNeitherItselfNorTheOthers() throws InterruptedException {
    CountDownLatch failing = new CountDownLatch(2);
    CountDownLatch other = new CountDownLatch(2);
    try (Looks looks = new Looks()) {
      looks.add(
          () -> {
            failing.countDown();
            throw new IllegalStateException("a fault of ours");
          });
      looks.add(other::countDown);
      assertThat(failing.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(other.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }
}
