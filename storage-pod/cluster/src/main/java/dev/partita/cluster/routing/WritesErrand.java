package dev.partita.cluster.routing;

import dev.partita.cluster.peer.PeerNetwork;
import dev.partita.cluster.peer.PeerReply;
import dev.partita.cluster.peer.PodOperation;
import dev.partita.model.command.CommandCodec;
import dev.partita.model.command.Overload;
import dev.partita.model.command.WriteCommand;
import dev.partita.model.command.WriteOutcome;
import dev.partita.model.table.PartitionDescriptor;
import dev.partita.model.table.TableRecord;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Several writes for the partition of the first one: each has a reply of its own.
final class WritesErrand implements Errand<List<PartitionReply<WriteOutcome>>> {
  private final List<WriteCommand> commands;
  private final BatchDoor door;
  private final PeerNetwork peers;

  WritesErrand(List<WriteCommand> commands, BatchDoor door, PeerNetwork peers) {
    this.commands = commands;
    this.door = door;
    this.peers = peers;
  }

  @Override
  public PartitionDescriptor place(TableRecord table) {
    return Routes.partition(table, commands.getFirst().key());
  }

  @Override
  public CompletableFuture<PartitionReply<List<PartitionReply<WriteOutcome>>>> here(
      PartitionDescriptor partition) {
    return door.write(partition.id(), commands);
  }

  @Override
  public CompletableFuture<PeerReply> there(
      PartitionDescriptor partition, String pod, long remainingMillis) {
    return peers.request(
        pod,
        PodOperation.WRITE_BATCH.code(),
        BatchMessages.writes(partition.id(), commands),
        remainingMillis);
  }

  @Override
  public List<PartitionReply<WriteOutcome>> decode(byte[] body) {
    return BatchMessages.decodeReplies(body, CommandCodec::decodeWriteOutcome);
  }

  @Override
  public boolean mayRepeatLost() {
    return false;
  }

  @Override
  public List<PartitionReply<WriteOutcome>> unavailable(String reason, boolean indeterminate) {
    return Replies.all(commands.size(), new WriteOutcome.Unavailable(reason, indeterminate));
  }

  @Override
  public boolean isUnavailable(List<PartitionReply<WriteOutcome>> replies) {
    return Replies.allAre(WriteOutcome.Unavailable.class, replies);
  }

  @Override
  public boolean isOverload(List<PartitionReply<WriteOutcome>> replies) {
    return Replies.all(
        replies,
        outcome ->
            outcome instanceof WriteOutcome.Unavailable(String reason, boolean indeterminate)
                && !indeterminate
                && Overload.isReason(reason));
  }
}
