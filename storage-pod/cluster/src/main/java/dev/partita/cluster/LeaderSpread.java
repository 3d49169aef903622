package dev.partita.cluster;

import dev.partita.cluster.partitions.PartitionSet;
import dev.partita.cluster.peer.PeerNetwork;
import dev.partita.model.table.PartitionDescriptor;
import dev.partita.model.table.PartitionDescriptor.Peer;
import dev.partita.partition.Partition;
import dev.partita.partition.PartitionReport;
import dev.partita.replication.Replica;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands leaderships back to where an even spread wants them. Pods that are restarted one after the
/// other hand theirs away, and the last of them would otherwise be left with none.
///
/// Which pod is wanted follows from the partition's number alone, so that all pods agree without a
/// word. It gets the leadership when it has been caught up and within reach for long enough ({@link
/// HandOverTimes}), and each pod hands over one at a time: nobody who writes shall notice. Nothing
/// is handed to a pod that is about to go, nor by one: its {@link Farewell} does that.
///
/// {@link #run} is called by one thread at a time.
final class LeaderSpread implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(LeaderSpread.class);

  /// How often a pod looks, and so the shortest time between two leaderships that it hands over, in
  /// milliseconds.
  static final long LOOK_MILLIS = 2_000;

  private final String self;
  private final PartitionSet partitions;
  private final PeerNetwork network;
  private final LongSupplier nanoTime;

  private final HandOverTimes times = new HandOverTimes();

  private volatile boolean stopped;
  private int handed;
  private CompletableFuture<?> underWay = CompletableFuture.completedFuture(null);

  LeaderSpread(String self, PartitionSet partitions, PeerNetwork network, LongSupplier nanoTime) {
    this.self = self;
    this.partitions = partitions;
    this.network = network;
    this.nanoTime = nanoTime;
  }

  /// Which pod leads a partition where all are well: by turns, in the order of their names.
  static Peer wanted(PartitionDescriptor partition) {
    List<Peer> peers = partition.peers().stream().sorted(Comparator.comparing(Peer::pod)).toList();
    return peers.get((int) (partition.id() % peers.size()));
  }

  /// How many leaderships were to be handed over since the pod started.
  int handed() {
    return handed;
  }

  /// From now on nothing is handed over. On any thread.
  void stop() {
    stopped = true;
  }

  @Override
  public void run() {
    if (stopped) {
      return;
    }
    long now = nanoTime.getAsLong();
    Set<Long> fit = new HashSet<>();
    for (Partition partition : partitions.open()) {
      Peer wanted = wanted(partition.descriptor());
      if (couldLead(partition, wanted)) {
        long id = partition.descriptor().id();
        fit.add(id);
        boolean settled = times.settled(id, partition.report().term(), now);
        if (settled && underWay.isDone()) {
          times.handed(id, now);
          hand(partition, wanted);
        }
      }
    }
    times.keepOnly(fit, now);
  }

  private boolean couldLead(Partition partition, Peer wanted) {
    PartitionReport report = partition.report();
    return report.role().equals("LEADER")
        && !wanted.pod().equals(self)
        && network.stays(wanted.pod())
        && report.followers().stream()
            .anyMatch(f -> f.replica().pod().equals(wanted.pod()) && Reports.caughtUp(f));
  }

  private void hand(Partition partition, Peer wanted) {
    long id = partition.descriptor().id();
    handed++;
    LOG.info("handing partition {} to {}, where an even spread wants it", id, wanted.pod());
    underWay =
        partition
            .transferLeadership(new Replica(wanted.pod(), wanted.replicaId()))
            .handle(
                (_, failure) -> {
                  if (failure != null) {
                    LOG.info("partition {} stays here: {}", id, failure.toString());
                  }
                  return null;
                });
  }
}
