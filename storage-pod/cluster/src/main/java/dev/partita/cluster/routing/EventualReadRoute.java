package dev.partita.cluster.routing;

import dev.partita.cluster.peer.PeerNetwork;
import dev.partita.cluster.peer.PeerReply;
import dev.partita.cluster.peer.PodOperation;
import dev.partita.cluster.support.Retry;
import dev.partita.model.command.CommandCodec;
import dev.partita.model.command.ReadOutcome;
import dev.partita.model.key.PrimaryKey;
import dev.partita.model.table.PartitionDescriptor;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/// The way of one eventually consistent read: replica after replica, the nearest first, round and
/// round until one answers.
final class EventualReadRoute {
  private final PartitionDescriptor partition;
  private final PrimaryKey key;
  private final Routes routes;
  private final PartitionDoor door;
  private final PeerNetwork peers;
  private final ScheduledExecutorService timer;
  private final CompletableFuture<ReadOutcome> result = new CompletableFuture<>();
  private @Nullable Retry retry;
  private List<String> pods = List.of();
  private int next;
  private @Nullable Throwable trouble;

  EventualReadRoute(
      PartitionDescriptor partition,
      PrimaryKey key,
      Routes routes,
      PartitionDoor door,
      PeerNetwork peers,
      ScheduledExecutorService timer) {
    this.partition = partition;
    this.key = key;
    this.routes = routes;
    this.door = door;
    this.peers = peers;
    this.timer = timer;
  }

  CompletableFuture<ReadOutcome> start() {
    if (routes.holds(partition)) {
      // The short way: nothing else is needed where this pod's own replica answers.
      askHere();
    } else {
      ask();
    }
    return result;
  }

  private void askHere() {
    var _ = door.read(partition.id(), key, false).whenComplete(this::settle);
  }

  private void settle(@Nullable PartitionReply<ReadOutcome> reply, @Nullable Throwable failure) {
    if (reply instanceof PartitionReply.Answer<ReadOutcome>(ReadOutcome outcome)
        && !(outcome instanceof ReadOutcome.Unavailable)) {
      result.complete(outcome);
    } else if (failure != null && partition.peers().size() == 1) {
      result.completeExceptionally(failure);
    } else {
      // A replica that cannot read its own disk is no reason not to ask another.
      trouble = failure == null ? trouble : failure;
      ask();
    }
  }

  private void ask() {
    if (retry == null) {
      retry = new Retry(timer, RoutingLimits.READ_PATIENCE_MILLIS);
    }
    if (next >= pods.size()) {
      boolean first = pods.isEmpty();
      pods = routes.nearest(partition);
      next = 0;
      if (!first) {
        if (!retry.later(this::askNext)) {
          giveUp();
        }
        return;
      }
    }
    askNext();
  }

  private void giveUp() {
    if (trouble == null) {
      result.complete(
          new ReadOutcome.Unavailable("no replica of partition " + partition.id() + " answers"));
    } else {
      result.completeExceptionally(trouble);
    }
  }

  private void askNext() {
    String pod = pods.get(next++);
    if (routes.isSelf(pod)) {
      askHere();
      return;
    }
    var _ =
        peers
            .request(
                pod,
                PodOperation.READ.code(),
                PartitionRequests.read(partition.id(), key, false),
                RoutingLimits.READ_ATTEMPT_MILLIS)
            .whenComplete(
                (reply, failure) -> {
                  if (failure == null && reply instanceof PeerReply.Answer(byte[] body)) {
                    decode(body);
                  } else {
                    settle(null, failure);
                  }
                });
  }

  private void decode(byte[] body) {
    try {
      settle(PartitionReply.decode(body, CommandCodec::decodeReadOutcome), null);
    } catch (RuntimeException e) {
      result.completeExceptionally(e);
    }
  }
}
