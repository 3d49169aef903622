package dev.partita.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Counts who is inside native code, so that handles are not closed under a caller: a use after
/// close would take the whole process down.
final class Gate {

  private static final long CLOSED = 1L << 62;

  private final String name;
  private final AtomicLong inside = new AtomicLong();
  private final CompletableFuture<@Nullable Void> empty = new CompletableFuture<>();

  Gate(String name) {
    this.name = name;
  }

  /// To be paired with {@link #leave}; throws if the gate is closed.
  void enter() {
    if ((inside.incrementAndGet() & CLOSED) != 0) {
      leave();
      throw new IllegalStateException(name + " is closed");
    }
  }

  void leave() {
    if (inside.decrementAndGet() == CLOSED) {
      empty.complete(null);
    }
  }

  boolean isClosed() {
    return (inside.get() & CLOSED) != 0;
  }

  /// Closes the gate to newcomers and waits for those inside.
  ///
  /// @return false if somebody is still inside after the wait, or the gate was closed before
  boolean closeAndAwait(long seconds) {
    long before = inside.getAndUpdate(n -> n | CLOSED);
    if ((before & CLOSED) != 0) {
      return false;
    }
    if (before == 0) {
      return true;
    }
    try {
      empty.get(seconds, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
