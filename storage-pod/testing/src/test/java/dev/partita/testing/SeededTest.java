package dev.partita.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

class SeededTest {

  private static final List<Long> SEEN = new ArrayList<>();

  @BeforeEach
  void forget() {
    SEEN.clear();
  }

  @Test
  void everySeedIsRunOnceInOrder() {
    Events events = run(Passing.class);
    assertThat(events.succeeded().count()).isEqualTo(1);
    assertThat(SEEN).containsExactly(0L, 1L, 2L, 3L, 4L);
  }

  @Test
  void theFirstSeedThatFailsEndsTheTestAndIsNamed() {
    Events events = run(FailingFromThree.class);
    assertThat(SEEN).containsExactly(0L, 1L, 2L, 3L);
    assertThat(events.failed().stream().findFirst().orElseThrow().toString())
        .contains("seed 3")
        .contains("-Dpartita.seed=3")
        .contains("broken");
  }

  @Test
  void theSameSeedMakesTheSameInput() {
    run(Drawing.class);
    List<Long> first = List.copyOf(SEEN);
    SEEN.clear();
    run(Drawing.class);
    assertThat(SEEN).isEqualTo(first).doesNotHaveDuplicates();
  }

  @Test
  void oneSeedCanBeReplayed() {
    System.setProperty(SeedsExtension.ONE_SEED, "42");
    try {
      run(Passing.class);
    } finally {
      System.clearProperty(SeedsExtension.ONE_SEED);
    }
    assertThat(SEEN).containsExactly(42L);
  }

  private static Events run(Class<?> test) {
    return EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(test))
        .execute()
        .testEvents();
  }

  static class Passing {
    @Seeded(5)
    void property(long seed) {
      SEEN.add(seed);
    }
  }

  static class FailingFromThree {
    @Seeded(10)
    void property(long seed) {
      SEEN.add(seed);
      assertThat(seed).as("broken").isLessThan(3);
    }
  }

  static class Drawing {
    @Seeded(20)
    void property(RandomGenerator random) {
      SEEN.add(random.nextLong());
    }
  }
}
