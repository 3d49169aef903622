package dev.partita.operator.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BreakerTest {

  private final AtomicInteger calls = new AtomicInteger();
  private Instant now = Instant.EPOCH;
  private volatile TableAnswer answer = new TableAnswer.Missing();
  private volatile CountDownLatch hold = new CountDownLatch(0);

  private final TableApi breaker =
      new Breaker(
          new TableApi() {
            @Override
            public TableAnswer describe(String table) {
              calls.incrementAndGet();
              try {
                assertThat(hold.await(10, TimeUnit.SECONDS)).isTrue();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
              return answer;
            }

            @Override
            public TableAnswer describeWithTags(String table) {
              return describe(table);
            }

            @Override
            public TableAnswer create(TableWish wish) {
              return answer;
            }

            @Override
            public TableAnswer update(String table, TableChange change) {
              return answer;
            }

            @Override
            public TableAnswer delete(String table) {
              return answer;
            }
          },
          () -> now);

  @Test
  void aClusterThatAnswersIsAskedEveryTime() {
    for (int i = 0; i < 5; i++) {
      assertThat(breaker.describe("t")).isEqualTo(new TableAnswer.Missing());
    }
    assertThat(calls).hasValue(5);
  }

  @Test
  void aSilentClusterIsNotAskedAgainAtOnce() {
    answer = new TableAnswer.Unreachable("refused");
    for (int i = 0; i < 5; i++) {
      assertThat(breaker.describe("t")).isEqualTo(answer);
    }
    assertThat(calls).hasValue(1);
    now = now.plus(Breaker.REST);
    breaker.describe("t");
    assertThat(calls).hasValue(2);
  }

  @Test
  void aSilentClusterIsNotAskedForTagsEither() {
    answer = new TableAnswer.Unreachable("refused");
    breaker.describeWithTags("t");
    assertThat(breaker.describeWithTags("t")).isEqualTo(answer);
    assertThat(calls).hasValue(1);
  }

  @Test
  void oneAnswerIsEnoughForAll() {
    answer = new TableAnswer.Unreachable("refused");
    breaker.describe("t");
    now = now.plus(Breaker.REST);
    answer = new TableAnswer.Missing();
    breaker.describe("t");
    breaker.describe("t");
    assertThat(calls).hasValue(3);
  }

  @Test
  void nobodyElseWaitsWhileOneTries() throws Exception {
    answer = new TableAnswer.Unreachable("refused");
    breaker.describe("t");
    now = now.plus(Breaker.REST);
    hold = new CountDownLatch(1);
    CompletableFuture<TableAnswer> probe =
        CompletableFuture.supplyAsync(() -> breaker.describe("t"));
    while (calls.get() < 2) {
      Thread.onSpinWait();
    }
    assertThat(breaker.describe("t")).isEqualTo(new TableAnswer.Unreachable("refused"));
    assertThat(calls).hasValue(2);
    hold.countDown();
    probe.get(10, TimeUnit.SECONDS);
  }
}
