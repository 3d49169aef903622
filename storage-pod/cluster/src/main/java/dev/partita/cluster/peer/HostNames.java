package dev.partita.cluster.peer;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Looks up the other pods' host names as every program of the machine does: search domains,
/// `ndots` and the hosts file count. Such a lookup may block for many seconds and must not do so on
/// an event loop, nor on a virtual thread, whose carrier it would take along.
final class HostNames implements AutoCloseable {

  /// A thread without work ends after this, in seconds.
  private static final long IDLE_SECONDS = 10;

  private final ThreadPoolExecutor threads;

  /// @param atOnce lookups at the same time: one for each pod
  HostNames(int atOnce) {
    threads =
        new ThreadPoolExecutor(
            0,
            Math.max(1, atOnce),
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().daemon().name("partita-names-", 0).factory());
  }

  /// @return completes on any thread: at least one address, or exceptionally
  CompletableFuture<List<InetAddress>> find(String host) {
    CompletableFuture<List<InetAddress>> found = new CompletableFuture<>();
    try {
      threads.execute(
          () -> {
            try {
              found.complete(List.of(InetAddress.getAllByName(host)));
            } catch (Exception e) {
              found.completeExceptionally(e);
            }
          });
    } catch (RejectedExecutionException closed) {
      found.completeExceptionally(closed);
    }
    return found;
  }

  /// A lookup that is under way is left to itself.
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
