package dev.partita.cluster.partitions;

import dev.partita.cluster.catalog.Catalog;
import dev.partita.cluster.peer.PeerNetwork;
import dev.partita.cluster.peer.PeerReply;
import dev.partita.cluster.peer.PodOperation;
import dev.partita.model.table.PartitionDescriptor;
import dev.partita.model.table.PartitionDescriptor.Peer;
import dev.partita.model.table.TableRecord;
import dev.partita.model.table.TableRecord.TableStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// On the catalog's leader: leads tables through their states. A new table is active when each of
/// its partitions has a leader; a deleted one is removed when every pod that can be reached has
/// dropped its replicas. Pods that are down do not hold a deletion up: they drop what they find
/// gone when they come back.
///
/// {@link #step} is called by one thread at a time.
public final class TableLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(TableLifecycle.class);

  /// How long another pod may take to say what it makes of partitions, in milliseconds.
  private static final long STATUS_PATIENCE_MILLIS = 1_000;

  /// After so long a deletion waits for no pod any more, in milliseconds.
  private static final long REMOVE_AFTER_MILLIS = 5_000;

  private final String self;
  private final Catalog catalog;
  private final PartitionSet partitions;
  private final PeerNetwork peers;
  private final Map<Long, Long> deletingSince = new HashMap<>();

  /// @param self name of this pod
  public TableLifecycle(String self, Catalog catalog, PartitionSet partitions, PeerNetwork peers) {
    this.self = self;
    this.catalog = catalog;
    this.partitions = partitions;
    this.peers = peers;
  }

  /// Moves every table that is on its way as far as it can go now.
  ///
  /// @return true if one is still on its way: come again soon
  public CompletableFuture<Boolean> step() {
    List<TableRecord> moving = new ArrayList<>();
    for (TableRecord table : catalog.state().tables()) {
      switch (table.status()) {
        case CREATING, DELETING -> moving.add(table);
        case ACTIVE, UPDATING -> {}
      }
    }
    if (!catalog.leads() || moving.isEmpty()) {
      deletingSince.clear();
      return CompletableFuture.completedFuture(false);
    }
    return statuses(moving).thenApply(seen -> advance(moving, seen));
  }

  private boolean advance(List<TableRecord> moving, Map<String, Map<Long, PartitionStatus>> seen) {
    for (TableRecord table : moving) {
      if (table.status() == TableStatus.CREATING && led(table, seen)) {
        propose("activate", table, catalog.activate(table.id()));
      } else if (table.status() == TableStatus.DELETING && gone(table, seen)) {
        deletingSince.remove(table.id());
        propose("remove", table, catalog.remove(table.id()));
      }
    }
    return true;
  }

  private static void propose(String what, TableRecord table, CompletableFuture<?> proposal) {
    var _ =
        proposal.whenComplete(
            (_, failure) -> {
              if (failure != null) {
                LOG.warn("could not {} table {}", what, table.definition().name(), failure);
              }
            });
  }

  private static boolean led(TableRecord table, Map<String, Map<Long, PartitionStatus>> seen) {
    return table.partitions().stream()
        .allMatch(
            partition ->
                seen.values().stream()
                    .anyMatch(of -> of.get(partition.id()) == PartitionStatus.LED));
  }

  private boolean gone(TableRecord table, Map<String, Map<Long, PartitionStatus>> seen) {
    long now = System.nanoTime();
    long since = deletingSince.computeIfAbsent(table.id(), _ -> now);
    return TimeUnit.NANOSECONDS.toMillis(now - since) > REMOVE_AFTER_MILLIS
        || table.partitions().stream()
            .allMatch(
                partition ->
                    seen.values().stream()
                        .map(of -> of.getOrDefault(partition.id(), PartitionStatus.ABSENT))
                        .allMatch(status -> status == PartitionStatus.ABSENT));
  }

  /// Asks every pod that can be reached what it makes of its replicas of the tables.
  private CompletableFuture<Map<String, Map<Long, PartitionStatus>>> statuses(
      List<TableRecord> tables) {
    Map<String, Set<Long>> byPod = new TreeMap<>();
    for (TableRecord table : tables) {
      for (PartitionDescriptor partition : table.partitions()) {
        for (Peer peer : partition.peers()) {
          byPod.computeIfAbsent(peer.pod(), _ -> new TreeSet<>()).add(partition.id());
        }
      }
    }
    Map<String, CompletableFuture<Map<Long, PartitionStatus>>> asked = new HashMap<>();
    byPod.forEach((pod, ids) -> asked.put(pod, ask(pod, List.copyOf(ids))));
    return CompletableFuture.allOf(asked.values().toArray(CompletableFuture[]::new))
        .thenApply(
            _ -> {
              Map<String, Map<Long, PartitionStatus>> seen = new HashMap<>();
              asked.forEach((pod, answer) -> seen.put(pod, answer.join()));
              return seen;
            });
  }

  private CompletableFuture<Map<Long, PartitionStatus>> ask(String pod, List<Long> ids) {
    if (pod.equals(self)) {
      Map<Long, PartitionStatus> own = new HashMap<>();
      ids.forEach(id -> own.put(id, PartitionStatus.of(id, partitions)));
      return CompletableFuture.completedFuture(own);
    }
    return peers
        .request(
            pod,
            PodOperation.PARTITION_STATUS.code(),
            PartitionStatus.encodeRequest(ids),
            STATUS_PATIENCE_MILLIS)
        .thenApply(
            reply ->
                reply instanceof PeerReply.Answer(byte[] body)
                    ? PartitionStatus.decodeAnswer(body)
                    : Map.of());
  }
}
