package dev.partita.operator.dynamo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Asks a cluster that does not answer only now and then, one at a time. Without it the tables of a
/// dead cluster would keep all of the operator's threads waiting, and those of others with them.
final class Breaker implements TableApi {

  /// After a call without an answer nobody else calls for so long.
  static final Duration REST = Duration.ofSeconds(2);

  private final TableApi api;
  private final InstantSource clock;
  private final AtomicBoolean probing = new AtomicBoolean();
  private volatile @Nullable Trouble trouble;

  private record Trouble(TableAnswer.Unreachable answer, Instant until) {}

  Breaker(TableApi api, InstantSource clock) {
    this.api = api;
    this.clock = clock;
  }

  @Override
  public TableAnswer describe(String table) {
    return call(() -> api.describe(table));
  }

  @Override
  public TableAnswer describeWithTags(String table) {
    return call(() -> api.describeWithTags(table));
  }

  @Override
  public TableAnswer create(TableWish wish) {
    return call(() -> api.create(wish));
  }

  @Override
  public TableAnswer update(String table, TableChange change) {
    return call(() -> api.update(table, change));
  }

  @Override
  public TableAnswer delete(String table) {
    return call(() -> api.delete(table));
  }

  private TableAnswer call(Supplier<TableAnswer> call) {
    Trouble known = trouble;
    if (known == null) {
      return heard(call.get());
    }
    if (clock.instant().isBefore(known.until()) || !probing.compareAndSet(false, true)) {
      return known.answer();
    }
    try {
      return heard(call.get());
    } finally {
      probing.set(false);
    }
  }

  private TableAnswer heard(TableAnswer answer) {
    trouble =
        answer instanceof TableAnswer.Unreachable silence
            ? new Trouble(silence, clock.instant().plus(REST))
            : null;
    return answer;
  }
}
