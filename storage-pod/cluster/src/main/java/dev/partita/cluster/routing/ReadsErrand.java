package dev.partita.cluster.routing;

import dev.partita.cluster.peer.PeerNetwork;
import dev.partita.cluster.peer.PeerReply;
import dev.partita.cluster.peer.PodOperation;
import dev.partita.model.command.CommandCodec;
import dev.partita.model.command.Overload;
import dev.partita.model.command.ReadOutcome;
import dev.partita.model.key.PrimaryKey;
import dev.partita.model.table.PartitionDescriptor;
import dev.partita.model.table.TableRecord;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Several reads of the partition of the first one: each has a reply of its own.
final class ReadsErrand implements Errand<List<PartitionReply<ReadOutcome>>> {
  private final List<PrimaryKey> keys;
  private final boolean consistent;
  private final BatchDoor door;
  private final PeerNetwork peers;
  private final Arrivals arrivals;

  ReadsErrand(
      List<PrimaryKey> keys,
      boolean consistent,
      BatchDoor door,
      PeerNetwork peers,
      Arrivals arrivals) {
    this.keys = keys;
    this.consistent = consistent;
    this.door = door;
    this.peers = peers;
    this.arrivals = arrivals;
  }

  @Override
  public PartitionDescriptor place(TableRecord table) {
    return Routes.partition(table, keys.getFirst());
  }

  @Override
  public CompletableFuture<PartitionReply<List<PartitionReply<ReadOutcome>>>> here(
      PartitionDescriptor partition) {
    return door.read(partition.id(), keys, consistent);
  }

  @Override
  public CompletableFuture<PeerReply> there(
      PartitionDescriptor partition, String pod, long remainingMillis) {
    return arrivals.moved(
        peers.request(
            pod,
            PodOperation.READ_BATCH.code(),
            BatchMessages.reads(partition.id(), keys, consistent),
            Math.min(remainingMillis, RoutingLimits.READ_ATTEMPT_MILLIS)));
  }

  @Override
  public List<PartitionReply<ReadOutcome>> decode(byte[] body) {
    return BatchMessages.decodeReplies(body, CommandCodec::decodeReadOutcome);
  }

  @Override
  public boolean mayRepeatLost() {
    return true;
  }

  @Override
  public List<PartitionReply<ReadOutcome>> unavailable(String reason, boolean indeterminate) {
    return Replies.all(keys.size(), new ReadOutcome.Unavailable(reason));
  }

  @Override
  public boolean isUnavailable(List<PartitionReply<ReadOutcome>> replies) {
    return Replies.allAre(ReadOutcome.Unavailable.class, replies);
  }

  @Override
  public boolean isOverload(List<PartitionReply<ReadOutcome>> replies) {
    return Replies.all(
        replies,
        outcome ->
            outcome instanceof ReadOutcome.Unavailable(String reason) && Overload.isReason(reason));
  }
}
