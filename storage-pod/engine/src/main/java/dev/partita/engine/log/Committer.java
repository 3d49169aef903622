package dev.partita.engine.log;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Decides on which thread the log is written: on its own ({@link ThreadCommitter}), or on the
/// caller's ({@link InlineCommitter}), which makes it deterministic.
public interface Committer {

  /// The log's own work. Each method is called by one thread at a time.
  interface Work {
    /// Writes what all groups have buffered, with one sync, and ends their round. Never throws.
    void commit();

    /// Prepares spare files, deletes old ones and looks at free space. Never throws.
    void maintain();
  }

  /// Called once, before everything else.
  void start(Work work);

  /// There is something to commit. Any thread, does not wait.
  void wake();

  /// Returns when the round is complete, or throws what it failed with.
  void await(CompletableFuture<@Nullable Void> round);

  /// Asks for maintenance.
  ///
  /// @return true if it will happen on another thread, false if it has happened
  boolean maintain();

  /// Ends the threads; returns when they do no more work.
  void stop();
}
