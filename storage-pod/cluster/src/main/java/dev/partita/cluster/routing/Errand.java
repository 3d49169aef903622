package dev.partita.cluster.routing;

import dev.partita.cluster.peer.PeerReply;
import dev.partita.model.table.PartitionDescriptor;
import dev.partita.model.table.TableRecord;
import java.util.concurrent.CompletableFuture;

/// What a route brings to a replica and back: which partition is meant, and how it is asked here
/// and on another pod.
interface Errand<T> {

  /// The partition that is meant, by the table's present ranges.
  PartitionDescriptor place(TableRecord table);

  /// Asks this pod's replica.
  CompletableFuture<PartitionReply<T>> here(PartitionDescriptor asked);

  /// Asks another pod.
  CompletableFuture<PeerReply> there(PartitionDescriptor asked, String pod, long remainingMillis);

  T decode(byte[] body);

  /// Whether a request that left and got no answer may be asked again.
  boolean mayRepeatLost();

  T unavailable(String reason, boolean indeterminate);

  /// Whether a replica answered that it cannot.
  boolean isUnavailable(T answer);

  /// Whether it cannot because of load, and only so.
  boolean isOverload(T answer);
}
