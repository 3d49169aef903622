package dev.partita.partition;

import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// What other threads leave for a lane, and the promise that one thread at a time looks at it.
/// Notices are bounded by what is in flight; whoever puts requests bounds them.
///
/// @param <N> notices: always looked at
/// @param <R> requests: may have to wait for a notice
final class Mailbox<N, R> {

  private final Queue<N> notices = new ConcurrentLinkedQueue<>();
  private final Queue<R> requests = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final Executor executor;
  private final BooleanSupplier turn;
  private volatile boolean requestsWait;

  /// @param turn takes from here what it can; says whether remaining and coming requests must wait
  ///   for a notice
  Mailbox(Executor executor, BooleanSupplier turn) {
    this.executor = executor;
    this.turn = turn;
  }

  void post(N notice) {
    notices.add(notice);
    schedule();
  }

  void put(R request) {
    requests.add(request);
    if (!requestsWait) {
      schedule();
    }
  }

  /// Puts several, so that the turn that sees the first sees all.
  void putAll(Collection<R> several) {
    requests.addAll(several);
    if (!requestsWait) {
      schedule();
    }
  }

  @Nullable N notice() {
    return notices.poll();
  }

  @Nullable R request() {
    return requests.poll();
  }

  boolean hasRequests() {
    return !requests.isEmpty();
  }

  private void schedule() {
    if (scheduled.compareAndSet(false, true)) {
      executor.execute(this::run);
    }
  }

  private void run() {
    try {
      requestsWait = turn.getAsBoolean();
    } finally {
      scheduled.set(false);
      // Whoever added something while this was scheduled relied on being seen.
      if (!notices.isEmpty() || (!requestsWait && !requests.isEmpty())) {
        schedule();
      }
    }
  }
}
