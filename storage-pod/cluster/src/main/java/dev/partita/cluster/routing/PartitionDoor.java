package dev.partita.cluster.routing;

import dev.partita.cluster.partitions.PartitionSet;
import dev.partita.model.command.CommandCodec;
import dev.partita.model.command.PageCodec;
import dev.partita.model.command.PageOutcome;
import dev.partita.model.command.PageRead;
import dev.partita.model.command.ReadOutcome;
import dev.partita.model.command.WriteCommand;
import dev.partita.model.command.WriteOutcome;
import dev.partita.model.key.PrimaryKey;
import dev.partita.partition.Partition;
import java.util.concurrent.CompletableFuture;

/// The door to the partitions on this pod, for its own router and for those of other pods.
public final class PartitionDoor {
  private final PartitionSet partitions;

  public PartitionDoor(PartitionSet partitions) {
    this.partitions = partitions;
  }

  CompletableFuture<PartitionReply<WriteOutcome>> write(long partitionId, WriteCommand command) {
    Partition partition = partitions.find(partitionId);
    return partition == null
        ? CompletableFuture.completedFuture(new PartitionReply.NotHere<>())
        : partition.write(command).thenApply(PartitionReply::of);
  }

  CompletableFuture<PartitionReply<ReadOutcome>> read(
      long partitionId, PrimaryKey key, boolean consistent) {
    Partition partition = partitions.find(partitionId);
    return partition == null
        ? CompletableFuture.completedFuture(new PartitionReply.NotHere<>())
        : partition.read(key, consistent).thenApply(PartitionReply::of);
  }

  CompletableFuture<PartitionReply<PageOutcome>> page(
      long partitionId, PageRead read, boolean consistent) {
    Partition partition = partitions.find(partitionId);
    return partition == null
        ? CompletableFuture.completedFuture(new PartitionReply.NotHere<>())
        : partition.page(read, consistent).thenApply(PartitionReply::of);
  }

  /// Answers a write that another pod forwarded.
  public CompletableFuture<byte[]> answerWrite(byte[] body) {
    PartitionRequests.Write write = PartitionRequests.decodeWrite(body);
    return write(write.partitionId(), write.command())
        .thenApply(reply -> reply.encode(CommandCodec::encode));
  }

  /// Answers a read that another pod forwarded.
  public CompletableFuture<byte[]> answerRead(byte[] body) {
    PartitionRequests.Read read = PartitionRequests.decodeRead(body);
    return read(read.partitionId(), read.key(), read.consistent())
        .thenApply(reply -> reply.encode(CommandCodec::encode));
  }

  /// Answers a read of a page that another pod forwarded.
  public CompletableFuture<byte[]> answerPage(byte[] body) {
    PartitionRequests.Page page = PartitionRequests.decodePage(body);
    return page(page.partitionId(), page.read(), page.consistent())
        .thenApply(reply -> reply.encode(PageCodec::encode));
  }
}
