package dev.partita.cluster.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.cluster.peer.PeerReply;
import dev.partita.cluster.support.ByteBudget;
import dev.partita.model.command.Overload;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
  private static final int LONG = RoutingLimits.SHORT_ANSWER_BYTES + 1;

  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private final ByteBudget memory = new ByteBudget(3L * LONG);
  private final Arrivals arrivals = new Arrivals(waiting::addLast, memory);

  @Test
  void aLongAnswerIsTakenFromItsThreadAndCountsUntilItIsWorkedOff() {
    CompletableFuture<PeerReply> arriving = new CompletableFuture<>();
    AtomicLong used = new AtomicLong();
    CompletableFuture<PeerReply> moved = arrivals.moved(arriving);
    var _ = moved.thenRun(() -> used.set(memory.used()));
    arriving.complete(answer(LONG));
    assertThat(moved).isNotDone();
    assertThat(memory.used()).isEqualTo(LONG);
    waiting.removeFirst().run();
    assertThat(moved.resultNow()).isEqualTo(arriving.resultNow());
    assertThat(used).as("while the answer is worked on").hasValue(LONG);
    assertThat(memory.used()).isZero();
  }

  @Test
  void aShortAnswerAndNoAnswerStayWhereTheyArrive() {
    PeerReply small = answer(LONG - 1);
    assertThat(moved(small)).isCompletedWithValue(small);
    PeerReply lost = new PeerReply.Lost("gone");
    assertThat(moved(lost)).isCompletedWithValue(lost);
    assertThat(arrivals.moved(CompletableFuture.failedFuture(new IllegalStateException())))
        .isCompletedExceptionally();
    assertThat(waiting).isEmpty();
  }

  @Test
  void moreThanMemoryHoldsIsLoad() {
    for (int i = 0; i < 3; i++) {
      assertThat(moved(answer(LONG))).isNotDone();
    }
    assertThat(isLoad(moved(answer(LONG)))).isTrue();
    waiting.removeFirst().run();
    assertThat(moved(answer(LONG))).isNotDone();
  }

  @Test
  void aThreadThatIsNotToBeHadIsLoad() {
    Arrivals full =
        new Arrivals(
            _ -> {
              throw new RejectedExecutionException();
            },
            memory);
    assertThat(isLoad(full.moved(CompletableFuture.completedFuture(answer(LONG))))).isTrue();
    assertThat(memory.used()).isZero();
  }

  private CompletableFuture<PeerReply> moved(PeerReply reply) {
    return arrivals.moved(CompletableFuture.completedFuture(reply));
  }

  private static boolean isLoad(CompletableFuture<PeerReply> reply) {
    return reply.resultNow() instanceof PeerReply.Busy(String why) && Overload.isReason(why);
  }

  private static PeerReply answer(int bytes) {
    return new PeerReply.Answer(new byte[bytes]);
  }
}
