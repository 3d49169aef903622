package dev.partita.engine.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DiskGuardTest {

  @Test
  void spaceIsLowBelowTheMinimumAndBackOnlyAnEighthAboveIt() {
    DiskGuard guard = new DiskGuard(800);

    assertThat(guard.update(800)).isFalse();
    assertThat(guard.isLow()).isFalse();
    assertThat(guard.update(799)).isTrue();
    assertThat(guard.isLow()).isTrue();
    assertThat(guard.update(850)).isFalse();
    assertThat(guard.isLow()).isTrue();
    assertThat(guard.update(900)).isTrue();
    assertThat(guard.isLow()).isFalse();
  }

  @Test
  void aMinimumOfZeroIsNeverReached() {
    DiskGuard guard = new DiskGuard(0);

    assertThat(guard.update(0)).isFalse();
    assertThat(guard.isLow()).isFalse();
  }
}
