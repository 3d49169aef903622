package dev.partita.cluster;

import dev.partita.cluster.catalog.Catalog;
import dev.partita.cluster.partitions.PartitionSet;
import dev.partita.cluster.partitions.PartitionStatus;
import dev.partita.cluster.peer.PeerHandler;
import dev.partita.cluster.peer.PodOperation;
import dev.partita.cluster.routing.BatchDoor;
import dev.partita.cluster.routing.PartitionDoor;
import dev.partita.replication.GroupHost;
import dev.partita.replication.GroupId;
import java.util.concurrent.CompletableFuture;

/// Hands what other pods send to the part that it is for.
final class PodHandler implements PeerHandler {
  private final GroupHost host;
  private final PartitionDoor door;
  private final BatchDoor batches;
  private final Catalog catalog;
  private final PartitionSet partitions;

  PodHandler(
      GroupHost host,
      PartitionDoor door,
      BatchDoor batches,
      Catalog catalog,
      PartitionSet partitions) {
    this.host = host;
    this.door = door;
    this.batches = batches;
    this.catalog = catalog;
    this.partitions = partitions;
  }

  @Override
  public void message(String fromPod, GroupId group, byte[] message) {
    host.receive(fromPod, group, message);
  }

  @Override
  public CompletableFuture<byte[]> request(String fromPod, byte operation, byte[] body) {
    PodOperation known = PodOperation.of(operation);
    if (known == null) {
      return CompletableFuture.failedFuture(
          new IllegalArgumentException("no operation of code " + operation));
    }
    return switch (known) {
      case WRITE -> door.answerWrite(body);
      case READ -> door.answerRead(body);
      case WRITE_BATCH -> batches.answerWrites(body);
      case READ_BATCH -> batches.answerReads(body);
      case PAGE -> door.answerPage(body);
      case CATALOG_CHANGE -> catalog.answerChange(body);
      case CATALOG_INDEX -> catalog.answerIndex();
      case PARTITION_STATUS ->
          CompletableFuture.completedFuture(PartitionStatus.answer(body, partitions));
    };
  }
}
