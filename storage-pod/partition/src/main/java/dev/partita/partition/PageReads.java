package dev.partita.partition;

import dev.partita.engine.ItemReader;
import dev.partita.model.command.Overload;
import dev.partita.model.command.PageOutcome;
import dev.partita.model.command.PageRead;
import dev.partita.replication.Group;
import dev.partita.replication.ReadPermit;
import dev.partita.replication.Replica;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/// Reads of pages of a replica, always on threads that the disk may block: a page takes too long
/// for an event loop even where all of it is in memory.
final class PageReads {

  private final ItemReader store;
  private final Applier applier;
  private final Executor walkers;

  PageReads(ItemReader store, Applier applier, Executor walkers) {
    this.store = store;
    this.applier = applier;
    this.walkers = walkers;
  }

  /// Sees every write acknowledged before the call.
  CompletableFuture<Reply<PageOutcome>> strong(Group group, PageRead read) {
    return group.readPermit().thenCompose(permit -> permitted(permit, read));
  }

  private CompletableFuture<Reply<PageOutcome>> permitted(ReadPermit permit, PageRead read) {
    return switch (permit) {
      case ReadPermit.Granted _ -> walk(read);
      case ReadPermit.NotLeader(Replica leader) -> done(new Reply.NotLeader<>(leader));
      case ReadPermit.Refused(String reason) -> done(unavailable(reason));
    };
  }

  /// Sees what this replica has; one that has nothing yet, not even a leader's first entry, sends
  /// the reader away.
  CompletableFuture<Reply<PageOutcome>> eventual(PageRead read) {
    if (applier.state().position().index() == 0) {
      return done(new Reply.NotLeader<>(null));
    }
    return walk(read);
  }

  private CompletableFuture<Reply<PageOutcome>> walk(PageRead read) {
    try {
      return CompletableFuture.supplyAsync(
          () ->
              applier.whole(range -> range.contains(read.range()), () -> PageWalk.of(read, store)),
          walkers);
    } catch (RejectedExecutionException _) {
      return done(unavailable(Overload.PREFIX + "pages wait for a thread"));
    }
  }

  private static Reply<PageOutcome> unavailable(String reason) {
    return new Reply.Answer<>(new PageOutcome.Unavailable(reason));
  }

  private static CompletableFuture<Reply<PageOutcome>> done(Reply<PageOutcome> reply) {
    return CompletableFuture.completedFuture(reply);
  }
}
