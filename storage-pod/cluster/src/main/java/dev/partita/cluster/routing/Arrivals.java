package dev.partita.cluster.routing;

import dev.partita.cluster.peer.PeerReply;
import dev.partita.cluster.support.ByteBudget;
import dev.partita.model.command.Overload;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Takes long answers of other pods, pages and batches, from the event loop on which they arrive:
/// it carries consensus messages too, and what is made of an answer is made where it arrives. What
/// waits for a thread is bounded by bytes.
public final class Arrivals implements AutoCloseable {

  /// Answers that wait for a thread, in answers.
  private static final int MAX_WAITING = 4_096;

  /// How long closing waits for an answer that is worked on, in seconds.
  private static final long CLOSE_WAIT_SECONDS = 10;

  private static final PeerReply TOO_MANY_BYTES =
      new PeerReply.Busy(Overload.PREFIX + "bytes of other pods are in memory");
  private static final PeerReply TOO_MANY =
      new PeerReply.Busy(Overload.PREFIX + "answers of other pods wait for a thread");

  private final Executor threads;
  private final ByteBudget memory;

  /// Makes the threads.
  ///
  /// @param threads answers that are worked on at the same time
  public static Arrivals start(int threads, ByteBudget memory) {
    return new Arrivals(
        new ThreadPoolExecutor(
            threads,
            threads,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING),
            Thread.ofPlatform().daemon().name("partita-arrival-", 1).factory()),
        memory);
  }

  /// @param threads may refuse by `RejectedExecutionException`
  /// @param memory for answers that wait or are worked on
  Arrivals(Executor threads, ByteBudget memory) {
    this.threads = threads;
    this.memory = memory;
  }

  /// @param reply that arrives on an event loop
  /// @return the same, completed on a thread that has time; busy if there is none
  CompletableFuture<PeerReply> moved(CompletableFuture<PeerReply> reply) {
    CompletableFuture<PeerReply> moved = new CompletableFuture<>();
    var _ =
        reply.whenComplete(
            (arrived, failure) -> {
              if (failure != null) {
                moved.completeExceptionally(failure);
              } else if (arrived instanceof PeerReply.Answer(byte[] body)
                  && body.length > RoutingLimits.SHORT_ANSWER_BYTES) {
                move(arrived, body.length, moved);
              } else {
                moved.complete(arrived);
              }
            });
    return moved;
  }

  /// Whether a reply says that this pod has no room, whatever others send.
  static boolean isRefusal(PeerReply reply) {
    return reply == TOO_MANY_BYTES || reply == TOO_MANY;
  }

  private void move(PeerReply answer, int bytes, CompletableFuture<PeerReply> moved) {
    if (!memory.tryTake(bytes)) {
      moved.complete(TOO_MANY_BYTES);
      return;
    }
    try {
      threads.execute(
          () -> {
            moved.complete(answer);
            memory.give(bytes);
          });
    } catch (RejectedExecutionException _) {
      memory.give(bytes);
      moved.complete(TOO_MANY);
    }
  }

  /// Ends the threads, where {@link #start} made them.
  @Override
  public void close() {
    if (!(threads instanceof ExecutorService service)) {
      return;
    }
    service.shutdown();
    try {
      if (!service.awaitTermination(CLOSE_WAIT_SECONDS, TimeUnit.SECONDS)) {
        service.shutdownNow();
      }
    } catch (InterruptedException e) {
      service.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
