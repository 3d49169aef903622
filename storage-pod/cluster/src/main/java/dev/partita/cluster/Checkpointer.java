package dev.partita.cluster;

import dev.partita.cluster.catalog.Catalog;
import dev.partita.cluster.partitions.PartitionSet;
import dev.partita.engine.ItemStore;
import dev.partita.engine.StorageException;
import dev.partita.engine.log.SegmentedLog;
import dev.partita.partition.Partition;
import dev.partita.replication.Group;
import dev.partita.replication.GroupHost;
import dev.partita.replication.GroupId;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the pod's log short: flushes the item store when enough was logged, then allows every
/// group's log to be cut below what the flush made durable. How much is logged between two flushes
/// bounds what a start after a crash has to apply again.
///
/// {@link #run} blocks on the disk and is called by one thread at a time.
final class Checkpointer implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpointer.class);

  /// How often it is looked whether a flush is due, in milliseconds.
  static final long LOOK_MILLIS = 500;

  /// A flush is due when so much was logged since the last, in bytes.
  private static final long DUE_BYTES = 48L << 20;

  /// A flush is due when anything was logged and the last is so long ago, in milliseconds.
  private static final long DUE_MILLIS = 300_000;

  private final ItemStore store;
  private final SegmentedLog log;
  private final GroupHost host;
  private final Catalog catalog;
  private final PartitionSet partitions;
  private long flushedAtBytes;
  private long flushedAtNanos = System.nanoTime();

  Checkpointer(
      ItemStore store, SegmentedLog log, GroupHost host, Catalog catalog, PartitionSet partitions) {
    this.store = store;
    this.log = log;
    this.host = host;
    this.catalog = catalog;
    this.partitions = partitions;
  }

  /// Flushes if it is due.
  @Override
  public void run() {
    long bytes = log.writtenBytes() - flushedAtBytes;
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - flushedAtNanos);
    if (bytes >= DUE_BYTES || (bytes > 0 && millis >= DUE_MILLIS)) {
      flush();
    }
  }

  /// Flushes now.
  void flush() {
    long bytes = log.writtenBytes();
    Map<GroupId, Long> applied = new HashMap<>();
    for (Partition partition : partitions.open()) {
      applied.put(new GroupId(partition.descriptor().id()), partition.applied().index());
    }
    applied.put(GroupId.CATALOG, catalog.applied().index());
    try {
      store.flush();
    } catch (StorageException e) {
      // A full disk: the log stays longer, which is safe; it is tried again at the next look.
      LOG.warn("the item store could not be flushed, the log is not cut", e);
      return;
    }
    flushedAtBytes = bytes;
    flushedAtNanos = System.nanoTime();
    applied.forEach(
        (id, index) -> {
          Group group = host.find(id);
          if (group != null && index > 0) {
            group.stateDurable(index);
          }
        });
  }
}
