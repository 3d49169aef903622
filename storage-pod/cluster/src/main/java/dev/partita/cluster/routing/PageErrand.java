package dev.partita.cluster.routing;

import dev.partita.cluster.peer.PeerNetwork;
import dev.partita.cluster.peer.PeerReply;
import dev.partita.cluster.peer.PodOperation;
import dev.partita.model.command.Overload;
import dev.partita.model.command.PageCodec;
import dev.partita.model.command.PageOutcome;
import dev.partita.model.command.PageRead;
import dev.partita.model.key.KeyRange;
import dev.partita.model.table.PartitionDescriptor;
import dev.partita.model.table.TableRecord;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/// Asks the partition where a page's rest begins for the part of it that it holds.
final class PageErrand implements Errand<PageOutcome> {
  private final PageRead read;
  private final KeyRange rest;
  private final boolean consistent;
  private final PartitionDoor door;
  private final PeerNetwork peers;
  private final Arrivals arrivals;
  private volatile KeyRange asked;

  /// @param read with the bounds that are left
  /// @param rest what is left of the range
  PageErrand(
      PageRead read,
      KeyRange rest,
      boolean consistent,
      PartitionDoor door,
      PeerNetwork peers,
      Arrivals arrivals) {
    this.read = read;
    this.rest = rest;
    this.consistent = consistent;
    this.door = door;
    this.peers = peers;
    this.arrivals = arrivals;
    this.asked = rest;
  }

  /// The part of the rest that the partition held which answered.
  KeyRange asked() {
    return asked;
  }

  @Override
  public PartitionDescriptor place(TableRecord table) {
    return read.forward()
        ? Routes.partition(table, rest.from())
        : Routes.partitionBelow(table, rest.to());
  }

  private PageRead part(PartitionDescriptor partition) {
    KeyRange part = Objects.requireNonNull(rest.intersection(partition.range()));
    asked = part;
    return read.part(part, read.limit(), read.bytes());
  }

  @Override
  public CompletableFuture<PartitionReply<PageOutcome>> here(PartitionDescriptor partition) {
    return door.page(partition.id(), part(partition), consistent);
  }

  @Override
  public CompletableFuture<PeerReply> there(
      PartitionDescriptor partition, String pod, long remainingMillis) {
    return arrivals.moved(
        peers.request(
            pod,
            PodOperation.PAGE.code(),
            PartitionRequests.page(partition.id(), part(partition), consistent),
            Math.min(remainingMillis, RoutingLimits.PAGE_ATTEMPT_MILLIS)));
  }

  @Override
  public PageOutcome decode(byte[] body) {
    return PageCodec.decodeOutcome(body);
  }

  @Override
  public boolean mayRepeatLost() {
    return true;
  }

  @Override
  public PageOutcome unavailable(String reason, boolean indeterminate) {
    return new PageOutcome.Unavailable(reason);
  }

  @Override
  public boolean isUnavailable(PageOutcome answer) {
    return answer instanceof PageOutcome.Unavailable;
  }

  @Override
  public boolean isOverload(PageOutcome answer) {
    return answer instanceof PageOutcome.Unavailable(String reason) && Overload.isReason(reason);
  }
}
