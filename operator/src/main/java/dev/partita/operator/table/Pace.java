package dev.partita.operator.table;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// When to look at a table again.
final class Pace {

  /// While everything is as it should be.
  static final Duration REST = Duration.ofSeconds(30);

  /// After an act, before it is known how long it takes.
  static final Duration SOON = Duration.ofMillis(250);

  private static final Duration SETTLING_MAX = Duration.ofSeconds(5);
  private static final Duration FAILING_MIN = Duration.ofSeconds(1);
  private static final Duration FAILING_MAX = Duration.ofSeconds(30);

  /// The next look comes after this part of the time that it has taken already.
  private static final int PART = 4;

  /// Looks are spread by this part to either side, so that the tables of a cluster do not come all
  /// at once for ever.
  private static final int JITTER_PART = 5;

  private final RandomGenerator random;

  Pace(RandomGenerator random) {
    this.random = random;
  }

  Duration rest() {
    return spread(REST);
  }

  /// While the table becomes what was asked for.
  ///
  /// @param since when that began; null if it did now
  Duration settling(@Nullable Instant since, Instant now) {
    return spread(growing(since, now, SOON, SETTLING_MAX));
  }

  /// While something is in the way.
  Duration failing(@Nullable Instant since, Instant now) {
    return spread(growing(since, now, FAILING_MIN, FAILING_MAX));
  }

  private static Duration growing(
      @Nullable Instant since, Instant now, Duration least, Duration most) {
    Duration part = since == null ? least : Duration.between(since, now).dividedBy(PART);
    return part.compareTo(least) < 0 ? least : part.compareTo(most) > 0 ? most : part;
  }

  private Duration spread(Duration middle) {
    long half = middle.toMillis() / JITTER_PART;
    return Duration.ofMillis(middle.toMillis() - half + random.nextLong(2 * half + 1));
  }
}
