package dev.partita.cluster.partitions;

import dev.partita.cluster.catalog.CatalogState;
import dev.partita.engine.ItemStore;
import dev.partita.model.table.PartitionDescriptor;
import dev.partita.model.table.PartitionDescriptor.Peer;
import dev.partita.model.table.TableDefinition;
import dev.partita.model.table.TableRecord;
import dev.partita.model.table.TableRecord.TableStatus;
import dev.partita.partition.Partition;
import dev.partita.partition.PartitionEnvironment;
import dev.partita.partition.StoredReplicas;
import dev.partita.replication.GroupHost;
import dev.partita.replication.Replica;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The replicas that live on this pod, brought to what the catalog says: opens what is placed here,
/// drops what is no more, also what vanished while this pod was down. A replica is dropped only if
/// the catalog's copy knows its id as one that was given and is gone; an id that the copy does not
/// know yet is left alone.
///
/// {@link #reconcile} is called by one thread at a time; the rest by any thread.
public final class PartitionSet {
  private static final Logger LOG = LoggerFactory.getLogger(PartitionSet.class);

  private final String self;
  private final GroupHost host;
  private final ItemStore store;
  private final PartitionEnvironment environment;
  private final Consumer<Throwable> fatal;
  private final Map<Long, Slot> slots = new ConcurrentHashMap<>();
  private final Set<Long> leftovers = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /// A partition that has a seat here, and its table.
  private record Wanted(PartitionDescriptor descriptor, TableDefinition table) {}

  /// A replica on its way in, here, or on its way out.
  private static final class Slot {
    volatile @Nullable Partition open;
    volatile boolean dropping;
  }

  /// @param self name of this pod
  /// @param leftovers ids of all groups and replicas that are on this pod's disk
  /// @param fatal told of a replica that cannot be opened or dropped
  public PartitionSet(
      String self,
      GroupHost host,
      ItemStore store,
      PartitionEnvironment environment,
      Collection<Long> leftovers,
      Consumer<Throwable> fatal) {
    this.self = self;
    this.host = host;
    this.store = store;
    this.environment = environment;
    this.fatal = fatal;
    this.leftovers.addAll(leftovers);
  }

  /// The open replica of a partition, or null.
  public @Nullable Partition find(long partitionId) {
    Slot slot = slots.get(partitionId);
    return slot == null || slot.dropping ? null : slot.open;
  }

  /// All open replicas.
  public List<Partition> open() {
    List<Partition> all = new ArrayList<>();
    for (Slot slot : slots.values()) {
      Partition partition = slot.open;
      if (partition != null && !slot.dropping) {
        all.add(partition);
      }
    }
    return all;
  }

  /// Whether anything of a partition is on this pod, open or not.
  public boolean holds(long partitionId) {
    return slots.containsKey(partitionId) || leftovers.contains(partitionId);
  }

  /// Whether every replica that the catalog places here is open.
  public boolean complete(CatalogState state) {
    return wanted(state).keySet().stream().allMatch(id -> find(id) != null);
  }

  /// Whether nothing is on its way in or out.
  boolean settled(CatalogState state) {
    return complete(state)
        && leftovers.isEmpty()
        && slots.values().stream().allMatch(slot -> slot.open != null && !slot.dropping);
  }

  /// Starts to open and to drop what the catalog asks for; may read the disk.
  ///
  /// @return completes when all that this call started is done
  public CompletableFuture<?> reconcile(CatalogState state) {
    if (closed) {
      return CompletableFuture.completedFuture(null);
    }
    follow(state);
    Map<Long, Wanted> wanted = wanted(state);
    List<CompletableFuture<?>> work = new ArrayList<>();
    for (Wanted partition : wanted.values()) {
      long id = partition.descriptor().id();
      leftovers.remove(id);
      if (!slots.containsKey(id)) {
        work.add(open(partition));
      }
    }
    for (Map.Entry<Long, Slot> entry : slots.entrySet()) {
      Slot slot = entry.getValue();
      Partition partition = slot.open;
      if (!wanted.containsKey(entry.getKey()) && partition != null && !slot.dropping) {
        work.add(drop(entry.getKey(), slot, partition));
      }
    }
    for (long id : new HashSet<>(leftovers)) {
      if (id < state.nextPartitionId() && leftovers.remove(id)) {
        work.add(dropLeftover(id));
      }
    }
    return CompletableFuture.allOf(work.toArray(CompletableFuture[]::new));
  }

  /// Tells open replicas what their tables are by now.
  private void follow(CatalogState state) {
    for (TableRecord table : state.tables()) {
      if (table.status() != TableStatus.DELETING) {
        for (PartitionDescriptor descriptor : table.partitions()) {
          Partition partition = find(descriptor.id());
          if (partition != null) {
            partition.follow(table.definition());
          }
        }
      }
    }
  }

  /// Takes no more work; replicas stay as they are.
  public void close() {
    closed = true;
    open().forEach(Partition::close);
  }

  private Map<Long, Wanted> wanted(CatalogState state) {
    Map<Long, Wanted> wanted = new HashMap<>();
    for (TableRecord table : state.tables()) {
      if (table.status() != TableStatus.DELETING) {
        for (PartitionDescriptor descriptor : table.partitions()) {
          if (seat(descriptor) != null) {
            wanted.put(descriptor.id(), new Wanted(descriptor, table.definition()));
          }
        }
      }
    }
    return wanted;
  }

  private @Nullable Replica seat(PartitionDescriptor descriptor) {
    for (Peer peer : descriptor.peers()) {
      if (peer.pod().equals(self)) {
        return new Replica(self, peer.replicaId());
      }
    }
    return null;
  }

  private CompletableFuture<?> open(Wanted wanted) {
    PartitionDescriptor descriptor = wanted.descriptor();
    Slot slot = new Slot();
    slots.put(descriptor.id(), slot);
    Replica seat = seat(descriptor);
    if (seat == null) {
      throw new IllegalStateException("partition " + descriptor.id() + " has no seat here");
    }
    return Partition.open(descriptor, wanted.table(), seat, host, store, environment)
        .whenComplete(
            (partition, failure) -> {
              if (failure == null) {
                slot.open = partition;
                if (closed) {
                  partition.close();
                }
              } else if (!closed) {
                LOG.error("partition {} cannot be opened", descriptor.id(), failure);
                fatal.accept(failure);
              }
            });
  }

  private CompletableFuture<?> drop(long id, Slot slot, Partition partition) {
    slot.dropping = true;
    LOG.info("dropping this pod's replica of partition {}", id);
    return partition
        .drop()
        .whenComplete(
            (_, failure) -> {
              if (failure == null) {
                slots.remove(id, slot);
              } else if (!closed) {
                LOG.error("partition {} cannot be dropped", id, failure);
                fatal.accept(failure);
              }
            });
  }

  private CompletableFuture<?> dropLeftover(long id) {
    LOG.info("dropping what is left of partition {}", id);
    return StoredReplicas.drop(id, store, host, environment.deciders())
        .whenComplete(
            (_, failure) -> {
              if (failure != null && !closed) {
                LOG.error("what is left of partition {} cannot be dropped", id, failure);
                fatal.accept(failure);
              }
            });
  }
}
