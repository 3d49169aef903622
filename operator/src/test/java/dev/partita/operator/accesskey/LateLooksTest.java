package dev.partita.operator.accesskey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LateLooksTest {

  private final Timer timer = new Timer();
  private final List<String> looks = new ArrayList<>();
  private boolean broken;
  private final LateLooks late =
      new LateLooks(
          timer,
          (namespace, cluster) -> {
            looks.add(namespace + "/" + cluster);
            if (broken) {
              throw new IllegalStateException("the API server is away");
            }
          });

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  @Test
  void aLookThatFailsIsTakenAgainUntilItWorks() {
    broken = true;
    late.at("shop", "main");
    assertThat(timer.run()).isEqualTo(LateLooks.FIRST.toMillis());
    assertThat(timer.run()).isEqualTo(LateLooks.AGAIN.toMillis());
    broken = false;
    assertThat(timer.run()).isEqualTo(LateLooks.AGAIN.toMillis());
    assertThat(looks).containsExactly("shop/main", "shop/main", "shop/main");
    assertThat(timer.next).isNull();
  }

  @Test
  void anOperatorThatStopsLooksNoMore() {
    broken = true;
    late.at("shop", "main");
    timer.shutdownNow();
    timer.run();
    assertThat(timer.next).isNull();
  }

  /// Runs what is due when it is told to.
  private static final class Timer extends ScheduledThreadPoolExecutor {
    @Nullable Runnable next;
    long delayMillis;

    Timer() {
      super(1);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
      next = task;
      delayMillis = unit.toMillis(delay);
      return super.schedule(() -> {}, 0, unit);
    }

    /// @return after how long it would have run
    long run() {
      Runnable task = Objects.requireNonNull(next);
      long delay = delayMillis;
      next = null;
      task.run();
      return delay;
    }
  }
}
