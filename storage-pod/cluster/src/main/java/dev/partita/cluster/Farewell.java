package dev.partita.cluster;

import dev.partita.cluster.catalog.Catalog;
import dev.partita.cluster.partitions.PartitionSet;
import dev.partita.cluster.peer.PeerNetwork;
import dev.partita.partition.Partition;
import dev.partita.replication.Group;
import dev.partita.replication.Replica;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands every leadership to a pod that can be reached before this one goes, so that nobody has to
/// wait for an election. What cannot be handed over in time is left to one.
final class Farewell implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Farewell.class);

  /// How long handing over may take, in milliseconds.
  private static final long PATIENCE_MILLIS = 3_000;

  private final Catalog catalog;
  private final PartitionSet partitions;
  private final PeerNetwork network;

  Farewell(Catalog catalog, PartitionSet partitions, PeerNetwork network) {
    this.catalog = catalog;
    this.partitions = partitions;
    this.network = network;
  }

  @Override
  public void close() {
    List<CompletableFuture<@Nullable Void>> transfers = new ArrayList<>();
    for (Partition partition : partitions.open()) {
      if (partition.report().role().equals("LEADER")) {
        Replica heir =
            Heirs.choose(
                partition.report().followers(),
                network::stays,
                LeaderSpread.wanted(partition.descriptor()).pod());
        if (heir != null) {
          transfers.add(partition.transferLeadership(heir));
        }
      }
    }
    Group group = catalog.group();
    if (group != null && group.report().role().equals("LEADER")) {
      Replica heir = Heirs.choose(group.report().followers(), network::stays, null);
      if (heir != null) {
        transfers.add(group.transferLeadership(heir));
      }
    }
    if (!transfers.isEmpty()) {
      String outcome =
          CompletableFuture.allOf(transfers.toArray(CompletableFuture[]::new))
              .orTimeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
              .handle((_, failure) -> failure == null ? "all" : "not all: " + failure)
              .join();
      LOG.info("handed over {} leaderships, {}", transfers.size(), outcome);
    }
  }
}
