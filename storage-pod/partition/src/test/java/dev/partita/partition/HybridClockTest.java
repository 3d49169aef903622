package dev.partita.partition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HybridClockTest {

  private final AtomicLong wall = new AtomicLong(1_000);
  private final HybridClock clock = new HybridClock(wall::get);

  @Test
  void followsTheWallWhereThatMovesForward() {
    assertThat(clock.next()).isEqualTo(1_000L << HybridClock.COUNTER_BITS);
    wall.set(1_001);
    assertThat(clock.next()).isEqualTo(1_001L << HybridClock.COUNTER_BITS);
  }

  @Test
  void countsWhereTheWallStandsOrGoesBack() {
    long first = clock.next();
    assertThat(clock.next()).isEqualTo(first + 1);
    wall.set(10);
    assertThat(clock.next()).isEqualTo(first + 2);
  }

  @Test
  void staysAboveWhatItObserved() {
    long ahead = 5_000L << HybridClock.COUNTER_BITS;
    clock.observe(ahead);
    assertThat(clock.next()).isEqualTo(ahead + 1);
    clock.observe(7);
    assertThat(clock.next()).isEqualTo(ahead + 2);
  }
}
