package dev.partita.partition;

import dev.partita.engine.ItemReader;
import dev.partita.engine.ItemReader.Cached;
import dev.partita.model.command.Overload;
import dev.partita.model.command.ReadOutcome;
import dev.partita.model.table.PartitionDescriptor;
import dev.partita.model.value.Bytes;
import dev.partita.replication.Group;
import dev.partita.replication.ReadPermit;
import dev.partita.replication.Replica;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// Point reads of a replica: in memory on the calling thread where that is enough, else on threads
/// that the disk may block.
final class RowReads {

  private final ItemReader store;
  private final Applier applier;
  private final Executor readers;

  RowReads(ItemReader store, Applier applier, Executor readers) {
    this.store = store;
    this.applier = applier;
    this.readers = readers;
  }

  /// Sees every write acknowledged before the call.
  CompletableFuture<Reply<ReadOutcome>> strong(Group group, Bytes rowKey) {
    CompletableFuture<ReadPermit> permit = group.readPermit();
    if (permit.state() == CompletableFuture.State.SUCCESS) {
      return permitted(permit.resultNow(), rowKey, false);
    }
    // Not on the group's thread: it has other work than our reads.
    return permit.thenCompose(granted -> permitted(granted, rowKey, true));
  }

  private CompletableFuture<Reply<ReadOutcome>> permitted(
      ReadPermit permit, Bytes rowKey, boolean elsewhere) {
    return switch (permit) {
      case ReadPermit.Granted _ -> elsewhere ? onReader(rowKey) : here(rowKey);
      case ReadPermit.NotLeader(Replica leader) -> done(new Reply.NotLeader<>(leader));
      case ReadPermit.Refused(String reason) -> done(unavailable(reason));
    };
  }

  /// Sees what this replica has; one that has nothing yet, not even a leader's first entry, sends
  /// the reader away.
  CompletableFuture<Reply<ReadOutcome>> eventual(Bytes rowKey) {
    if (applier.state().position().index() == 0) {
      return done(new Reply.NotLeader<>(null));
    }
    return here(rowKey);
  }

  private CompletableFuture<Reply<ReadOutcome>> here(Bytes rowKey) {
    long seen = applier.image();
    PartitionDescriptor before = applier.state().descriptor();
    if (!before.range().contains(rowKey)) {
      return done(new Reply.WrongRange<>(List.of(before)));
    }
    try {
      return switch (store.getIfCached(rowKey.unsafeArray())) {
        case Cached.Known(byte[] value) -> {
          Reply<ReadOutcome> spoilt = applier.spoilt(seen, range -> range.contains(rowKey));
          yield done(spoilt == null ? new Reply.Answer<>(outcome(value)) : spoilt);
        }
        case Cached.NeedsDisk _ -> onReader(rowKey);
      };
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private CompletableFuture<Reply<ReadOutcome>> onReader(Bytes rowKey) {
    try {
      return CompletableFuture.supplyAsync(() -> read(rowKey), readers);
    } catch (RejectedExecutionException _) {
      return done(unavailable(Overload.PREFIX + "reads wait for the disk"));
    }
  }

  private Reply<ReadOutcome> read(Bytes rowKey) {
    return applier.whole(
        range -> range.contains(rowKey), () -> outcome(store.get(rowKey.unsafeArray())));
  }

  private static ReadOutcome outcome(byte @Nullable [] value) {
    return value == null ? ReadOutcome.Missing.INSTANCE : new ReadOutcome.Found(Bytes.wrap(value));
  }

  private static Reply<ReadOutcome> unavailable(String reason) {
    return new Reply.Answer<>(new ReadOutcome.Unavailable(reason));
  }

  private static CompletableFuture<Reply<ReadOutcome>> done(Reply<ReadOutcome> reply) {
    return CompletableFuture.completedFuture(reply);
  }
}
