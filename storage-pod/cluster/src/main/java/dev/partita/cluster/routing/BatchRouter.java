package dev.partita.cluster.routing;

import dev.partita.cluster.Cluster;
import dev.partita.cluster.peer.PeerNetwork;
import dev.partita.cluster.support.ByteBudget;
import dev.partita.cluster.support.SideBySide;
import dev.partita.model.command.ReadOutcome;
import dev.partita.model.command.WriteCommand;
import dev.partita.model.command.WriteOutcome;
import dev.partita.model.key.PrimaryKey;
import dev.partita.model.table.TableRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings the items of a batch to their partitions, those of one in one message, all side by side.
/// An item that its message did not answer, because leadership or ranges changed meanwhile, goes on
/// alone, a write with the patience that is left.
public final class BatchRouter {
  private static final Logger LOG = LoggerFactory.getLogger(BatchRouter.class);

  private final Router router;
  private final BatchDoor door;
  private final PeerNetwork peers;
  private final Arrivals arrivals;
  private final ByteBudget memory;

  /// @param memory for items that wait for those of other partitions
  public BatchRouter(
      Router router, BatchDoor door, PeerNetwork peers, Arrivals arrivals, ByteBudget memory) {
    this.router = router;
    this.door = door;
    this.peers = peers;
    this.arrivals = arrivals;
    this.memory = memory;
  }

  /// @return an outcome for each command, in their order
  public CompletableFuture<List<WriteOutcome>> write(
      TableRecord table, List<WriteCommand> commands) {
    if (commands.size() == 1) {
      return router.write(table, commands.getFirst()).thenApply(List::of);
    }
    long begun = System.nanoTime();
    BatchGroups<WriteCommand, WriteOutcome> groups = new BatchGroups<>();
    for (int i = 0; i < commands.size(); i++) {
      WriteCommand command = commands.get(i);
      groups.add(i, command, Routes.partition(table, command.key()), weight(command));
    }
    return groups.ask(
        commands.size(),
        group ->
            router
                .toLeader(
                    new WritesErrand(group, door, peers),
                    table,
                    RoutingLimits.WRITE_PATIENCE_MILLIS)
                .exceptionally(failure -> Replies.all(group.size(), failedWrite(failure)))
                .thenCompose(
                    replies ->
                        completed(
                            replies, i -> router.write(table, group.get(i), patience(begun)))));
  }

  private static long patience(long begunNanos) {
    long passed = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begunNanos);
    return Math.max(0, RoutingLimits.WRITE_PATIENCE_MILLIS - passed);
  }

  /// @return for each table an outcome for each key, in their order
  public CompletableFuture<List<List<ReadOutcome>>> read(List<Cluster.Reads> batch) {
    if (batch.size() == 1 && batch.getFirst().keys().size() == 1) {
      Cluster.Reads one = batch.getFirst();
      return router
          .read(one.table(), one.keys().getFirst(), one.consistent())
          .thenApply(outcome -> List.of(List.of(outcome)));
    }
    GatheredItems gathered = new GatheredItems(memory);
    CompletableFuture<List<List<ReadOutcome>>> answer = new CompletableFuture<>();
    var _ =
        SideBySide.all(batch.stream().map(reads -> read(reads, gathered)).toList())
            .whenComplete(
                (outcomes, failure) -> {
                  if (failure == null) {
                    answer.complete(outcomes);
                  } else {
                    answer.completeExceptionally(failure);
                  }
                  // Those who wait have made their answer of the items by now.
                  gathered.release();
                });
    return answer;
  }

  private CompletableFuture<List<ReadOutcome>> read(Cluster.Reads reads, GatheredItems gathered) {
    BatchGroups<PrimaryKey, ReadOutcome> groups = new BatchGroups<>();
    List<PrimaryKey> keys = reads.keys();
    for (int i = 0; i < keys.size(); i++) {
      groups.add(i, keys.get(i), Routes.partition(reads.table(), keys.get(i)), 0);
    }
    return groups.ask(keys.size(), group -> readGroup(reads, group).thenApply(gathered::hold));
  }

  private CompletableFuture<List<ReadOutcome>> readGroup(
      Cluster.Reads reads, List<PrimaryKey> group) {
    TableRecord table = reads.table();
    boolean consistent = reads.consistent();
    return router
        .read(new ReadsErrand(group, consistent, door, peers, arrivals), table, consistent)
        .exceptionally(failure -> Replies.all(group.size(), failedRead(failure)))
        .thenCompose(
            replies -> completed(replies, i -> router.read(table, group.get(i), consistent)));
  }

  private static int weight(WriteCommand command) {
    return switch (command) {
      case WriteCommand.Put put -> put.item().length();
      case WriteCommand.UpdateItem _, WriteCommand.Delete _ -> 0;
    };
  }

  private static WriteOutcome failedWrite(Throwable failure) {
    LOG.error("writes of a batch failed", failure);
    return new WriteOutcome.Unavailable("the batch failed", true);
  }

  private static ReadOutcome failedRead(Throwable failure) {
    LOG.error("reads of a batch failed", failure);
    return new ReadOutcome.Unavailable("the batch failed");
  }

  /// @param alone asks for the item of that number by itself
  private static <T> CompletableFuture<List<T>> completed(
      List<PartitionReply<T>> replies, Function<Integer, CompletableFuture<T>> alone) {
    List<CompletableFuture<T>> outcomes = new ArrayList<>();
    for (int i = 0; i < replies.size(); i++) {
      outcomes.add(
          switch (replies.get(i)) {
            case PartitionReply.Answer<T>(T value) -> CompletableFuture.completedFuture(value);
            case PartitionReply.NotLeader<T> _,
                PartitionReply.WrongRange<T> _,
                PartitionReply.NotHere<T> _ ->
                alone.apply(i);
          });
    }
    return SideBySide.all(outcomes);
  }
}
