package dev.partita.partition;

import dev.partita.engine.ItemReader;
import dev.partita.engine.ItemStore;
import dev.partita.engine.ItemWriter;
import dev.partita.engine.Rows.Cursor;
import dev.partita.model.key.KeyRange;
import dev.partita.model.table.PartitionDescriptor;
import dev.partita.replication.GroupHost;
import dev.partita.replication.GroupId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// The replicas that a pod's item store knows, open or not, and how they leave it.
///
/// A replica goes in three steps, each of which can be done again: a durable mark, the group with
/// its log, the rows with the state. A crash in between leaves the mark; {@link #finishDrops} goes
/// on from there.
public final class StoredReplicas {

  private StoredReplicas() {}

  /// Descriptors of all replicas in the store that are not on their way out.
  public static List<PartitionDescriptor> list(ItemReader store) {
    return states(store).stream()
        .filter(state -> !state.dropping())
        .map(ReplicaState::descriptor)
        .toList();
  }

  /// Ends what a crash interrupted; to be called before partitions are opened.
  ///
  /// @param executor may be blocked by the disk
  public static CompletableFuture<@Nullable Void> finishDrops(
      ItemStore store, GroupHost host, Executor executor) {
    List<CompletableFuture<@Nullable Void>> drops = new ArrayList<>();
    for (ReplicaState state : states(store)) {
      if (state.dropping()) {
        drops.add(removeMarked(state, store, host, executor));
      }
    }
    return CompletableFuture.allOf(drops.toArray(CompletableFuture[]::new))
        .<@Nullable Void>thenApply(_ -> null);
  }

  /// Drops a replica that is not open; nothing happens if there is none.
  ///
  /// @param executor may be blocked by the disk
  public static CompletableFuture<@Nullable Void> drop(
      long partitionId, ItemStore store, GroupHost host, Executor executor) {
    byte[] encoded = store.meta(ReplicaKeys.state(partitionId));
    if (encoded == null) {
      return host.remove(new GroupId(partitionId));
    }
    ReplicaState state = ReplicaState.decode(encoded).toBeDropped();
    return CompletableFuture.runAsync(() -> mark(state, store), executor)
        .thenCompose(_ -> removeMarked(state, store, host, executor));
  }

  /// Makes the intent durable.
  static void mark(ReplicaState dropping, ItemStore store) {
    try (ItemWriter.Batch batch = store.batch()) {
      batch.putMeta(ReplicaKeys.state(dropping.descriptor().id()), dropping.encode());
      batch.write();
    }
    store.flush();
  }

  /// The second and third step.
  static CompletableFuture<@Nullable Void> removeMarked(
      ReplicaState state, ItemStore store, GroupHost host, Executor executor) {
    return host.remove(new GroupId(state.descriptor().id()))
        .<@Nullable Void>thenApplyAsync(
            _ -> {
              deleteRows(state.descriptor(), store);
              return null;
            },
            executor);
  }

  private static void deleteRows(PartitionDescriptor descriptor, ItemStore store) {
    KeyRange range = descriptor.range();
    try (ItemWriter.Batch batch = store.batch()) {
      batch.deleteRange(range.from().unsafeArray(), range.to().unsafeArray());
      batch.deleteMeta(ReplicaKeys.state(descriptor.id()));
      ExpiryIndex.remove(descriptor.id(), batch);
      batch.write();
    }
  }

  private static List<ReplicaState> states(ItemReader store) {
    List<ReplicaState> states = new ArrayList<>();
    try (Cursor cursor = store.scanMeta(ReplicaKeys.from(), ReplicaKeys.to())) {
      while (cursor.next()) {
        states.add(ReplicaState.decode(cursor.value()));
      }
    }
    return states;
  }
}
