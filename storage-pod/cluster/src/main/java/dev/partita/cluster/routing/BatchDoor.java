package dev.partita.cluster.routing;

import dev.partita.cluster.partitions.PartitionSet;
import dev.partita.cluster.support.SideBySide;
import dev.partita.model.command.CommandCodec;
import dev.partita.model.command.Overload;
import dev.partita.model.command.ReadOutcome;
import dev.partita.model.command.WriteCommand;
import dev.partita.model.command.WriteOutcome;
import dev.partita.model.item.StoredItem;
import dev.partita.model.key.PrimaryKey;
import dev.partita.model.value.Bytes;
import dev.partita.partition.Partition;
import dev.partita.partition.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The door to the partitions on this pod for several items at once. Where not one of them can be
/// answered here, the reply for all is the first one's, so that the way of a batch is found like
/// that of a single request.
public final class BatchDoor {
  private static final Logger LOG = LoggerFactory.getLogger(BatchDoor.class);

  private static final PartitionReply<ReadOutcome> TOO_MANY_BYTES =
      new PartitionReply.Answer<>(
          new ReadOutcome.Unavailable(Overload.PREFIX + "bytes of one partition are asked for"));

  private final PartitionSet partitions;

  public BatchDoor(PartitionSet partitions) {
    this.partitions = partitions;
  }

  CompletableFuture<PartitionReply<List<PartitionReply<WriteOutcome>>>> write(
      long partitionId, List<WriteCommand> commands) {
    Partition partition = partitions.find(partitionId);
    return partition == null
        ? CompletableFuture.completedFuture(new PartitionReply.NotHere<>())
        : settled(
                partition.writeAll(commands),
                () -> new WriteOutcome.Unavailable("the item could not be read", false))
            .thenApply(BatchDoor::together);
  }

  CompletableFuture<PartitionReply<List<PartitionReply<ReadOutcome>>>> read(
      long partitionId, List<PrimaryKey> keys, boolean consistent) {
    Partition partition = partitions.find(partitionId);
    return partition == null
        ? CompletableFuture.completedFuture(new PartitionReply.NotHere<>())
        : new Reading(partition, keys, consistent).next(0).thenApply(BatchDoor::together);
  }

  /// Answers writes that another pod forwarded.
  public CompletableFuture<byte[]> answerWrites(byte[] body) {
    BatchMessages.Writes writes = BatchMessages.decodeWrites(body);
    return write(writes.partitionId(), writes.commands())
        .thenApply(reply -> reply.encode(all -> BatchMessages.replies(all, CommandCodec::encode)));
  }

  /// Answers reads that another pod forwarded.
  public CompletableFuture<byte[]> answerReads(byte[] body) {
    BatchMessages.Reads reads = BatchMessages.decodeReads(body);
    return read(reads.partitionId(), reads.keys(), reads.consistent())
        .thenApply(reply -> reply.encode(all -> BatchMessages.replies(all, CommandCodec::encode)));
  }

  /// One item that cannot be read must not take the others with it.
  private static <T> CompletableFuture<List<PartitionReply<T>>> settled(
      List<CompletableFuture<Reply<T>>> replies, Supplier<T> failed) {
    return SideBySide.all(
        replies.stream()
            .map(
                reply ->
                    reply.handle(
                        (answer, failure) -> {
                          if (failure != null) {
                            LOG.error("an item of a batch failed", failure);
                            return new PartitionReply.Answer<>(failed.get());
                          }
                          return PartitionReply.of(answer);
                        }))
            .toList());
  }

  private static <T> PartitionReply<List<PartitionReply<T>>> together(
      List<PartitionReply<T>> replies) {
    for (PartitionReply<T> reply : replies) {
      if (reply instanceof PartitionReply.Answer<T>) {
        return new PartitionReply.Answer<>(replies);
      }
    }
    return switch (replies.getFirst()) {
      case PartitionReply.Answer<T> _ -> new PartitionReply.Answer<>(replies);
      case PartitionReply.NotLeader<T>(String leader) -> new PartitionReply.NotLeader<>(leader);
      case PartitionReply.WrongRange<T> _ -> new PartitionReply.WrongRange<>();
      case PartitionReply.NotHere<T> _ -> new PartitionReply.NotHere<>();
    };
  }

  /// Reads a few items at a time until all are read or enough bytes are.
  private static final class Reading {
    private final Partition partition;
    private final List<PrimaryKey> keys;
    private final boolean consistent;
    private final List<PartitionReply<ReadOutcome>> replies = new ArrayList<>();
    private long bytes;

    Reading(Partition partition, List<PrimaryKey> keys, boolean consistent) {
      this.partition = partition;
      this.keys = keys;
      this.consistent = consistent;
    }

    CompletableFuture<List<PartitionReply<ReadOutcome>>> next(int from) {
      if (from == keys.size() || bytes >= RoutingLimits.MAX_BATCH_READ_BYTES) {
        while (replies.size() < keys.size()) {
          replies.add(TOO_MANY_BYTES);
        }
        return CompletableFuture.completedFuture(replies);
      }
      int to = Math.min(keys.size(), from + RoutingLimits.BATCH_READS_AT_ONCE);
      List<CompletableFuture<Reply<ReadOutcome>>> reads = new ArrayList<>();
      for (PrimaryKey key : keys.subList(from, to)) {
        reads.add(partition.read(key, consistent));
      }
      return settled(reads, () -> new ReadOutcome.Unavailable("the item could not be read"))
          .thenCompose(
              read -> {
                read.forEach(this::take);
                return next(to);
              });
    }

    private void take(PartitionReply<ReadOutcome> reply) {
      replies.add(bytes < RoutingLimits.MAX_BATCH_READ_BYTES ? reply : TOO_MANY_BYTES);
      if (reply instanceof PartitionReply.Answer<ReadOutcome>(ReadOutcome.Found(Bytes stored))) {
        bytes += StoredItem.header(stored.unsafeArray()).size();
      }
    }
  }
}
