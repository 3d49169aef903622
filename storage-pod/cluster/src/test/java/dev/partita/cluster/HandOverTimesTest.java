package dev.partita.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HandOverTimesTest {
  private static final long SETTLED = HandOverTimes.SETTLED_MILLIS;

  private final HandOverTimes times = new HandOverTimes();
  private long now;

  private boolean settled(long term) {
    return times.settled(7, term, nanos(now));
  }

  private static long nanos(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }

  /// How long the pod must be looked at before it is handed the partition, in milliseconds.
  private long handOver(long term) {
    long begun = now;
    while (!settled(term)) {
      now += 1_000;
    }
    times.handed(7, nanos(now));
    return now - begun;
  }

  @Test
  void aLeadershipThatComesBackWaitsTwiceAsLongEachTimeWithinABound() {
    assertThat(handOver(1)).isEqualTo(SETTLED);
    assertThat(handOver(3)).isEqualTo(2 * SETTLED);
    assertThat(handOver(5)).isEqualTo(4 * SETTLED);
    for (int i = 0; i < 10; i++) {
      handOver(7 + 2 * i);
    }
    assertThat(handOver(99)).isEqualTo(SETTLED << HandOverTimes.MAX_DOUBLINGS);
  }

  @Test
  void aHandOverThatFailedIsOneThatDidNotHold() {
    assertThat(handOver(1)).isEqualTo(SETTLED);
    assertThat(handOver(1)).isEqualTo(2 * SETTLED);
  }

  @Test
  void aQuietHourMakesItForgotten() {
    handOver(1);
    handOver(2);
    now += HandOverTimes.QUIET_MILLIS;
    times.keepOnly(Set.of(), nanos(now));
    assertThat(handOver(3)).isEqualTo(SETTLED);
  }

  @Test
  void aNewTermBeginsTheWaitAnew() {
    assertThat(settled(1)).isFalse();
    now += SETTLED;
    assertThat(settled(2)).isFalse();
    now += SETTLED - 1;
    assertThat(settled(2)).isFalse();
    now += 1;
    assertThat(settled(2)).isTrue();
  }

  @Test
  void aPodThatWasNotFitForAMomentBeginsAnew() {
    settled(1);
    now += SETTLED - 1;
    times.keepOnly(Set.of(), nanos(now));
    now += 1;
    assertThat(settled(1)).isFalse();
  }

  @Test
  void theLongestWaitIsShorterThanTheQuietThatForgets() {
    assertThat(SETTLED << HandOverTimes.MAX_DOUBLINGS).isLessThan(HandOverTimes.QUIET_MILLIS);
  }
}
