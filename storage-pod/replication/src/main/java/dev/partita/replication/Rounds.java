package dev.partita.replication;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Lets all who want the same thing asked of others share few rounds of asking. Who comes while a
/// round is under way waits for the next: what the others say in this one they may have said before
/// he came, and it would prove too little. Thread-safe.
///
/// @param <T> what a round ends with
public final class Rounds<T> {

  /// Asks once.
  public interface Round<T> {
    /// Must complete within a bounded time, with an answer or a failure.
    CompletableFuture<T> ask();
  }

  private final Round<T> round;
  private final int maxWaiting;
  private final T refusal;
  private List<CompletableFuture<T>> waiting = new ArrayList<>();
  private List<CompletableFuture<T>> asking = List.of();
  private boolean busy;

  /// @param maxWaiting how many may wait for a round, in callers
  /// @param refusal answers one more at once
  public Rounds(Round<T> round, int maxWaiting, T refusal) {
    this.round = round;
    this.maxWaiting = maxWaiting;
    this.refusal = refusal;
  }

  /// Waits for a round that begins after this call.
  ///
  /// @return what the round ends with; fails as it does
  public CompletableFuture<T> join() {
    CompletableFuture<T> own = new CompletableFuture<>();
    boolean first;
    synchronized (this) {
      if (waiting.size() + asking.size() >= maxWaiting) {
        return CompletableFuture.completedFuture(refusal);
      }
      waiting.add(own);
      first = !busy;
      busy = true;
    }
    if (first) {
      start();
    }
    return own;
  }

  private void start() {
    synchronized (this) {
      asking = waiting;
      waiting = new ArrayList<>();
    }
    CompletableFuture<T> answer;
    try {
      answer = round.ask();
    } catch (RuntimeException e) {
      answer = CompletableFuture.failedFuture(e);
    }
    var _ = answer.whenComplete(this::finish);
  }

  private void finish(T answer, @Nullable Throwable failure) {
    List<CompletableFuture<T>> answered;
    boolean more;
    synchronized (this) {
      answered = asking;
      asking = List.of();
      more = !waiting.isEmpty();
      busy = more;
    }
    if (more) {
      start();
    }
    for (CompletableFuture<T> caller : answered) {
      if (failure == null) {
        caller.complete(answer);
      } else {
        caller.completeExceptionally(failure);
      }
    }
  }

  /// Answers everybody who waits, when no round will end any more.
  public void end(T answer) {
    List<CompletableFuture<T>> all;
    synchronized (this) {
      all = new ArrayList<>(asking);
      all.addAll(waiting);
      asking = List.of();
      waiting = new ArrayList<>();
      busy = false;
    }
    all.forEach(caller -> caller.complete(answer));
  }
}
