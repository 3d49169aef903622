package dev.partita.cluster.catalog;

import dev.partita.cluster.TableOutcome;
import dev.partita.cluster.catalog.CatalogStore.Image;
import dev.partita.engine.ItemStore;
import dev.partita.partition.ReplicaChecksum;
import dev.partita.replication.Position;
import dev.partita.replication.Replica;
import dev.partita.replication.StateMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// What the catalog's group replicates: every pod's own copy of the catalog, in memory and in the
/// item store. Readers take the present state at any time from any thread.
final class CatalogMachine implements StateMachine {

  /// Told on the group's executor: must not block.
  interface Listener {
    /// The state changed.
    void changed(CatalogState state);

    /// This replica began or ceased to lead.
    void leading(boolean leads);
  }

  private final CatalogStore store;
  private final Listener listener;
  private final NavigableMap<Long, List<CompletableFuture<@Nullable Void>>> waiters =
      new TreeMap<>();
  private volatile Image image;
  private volatile long epoch;
  private volatile @Nullable Replica leader;

  CatalogMachine(ItemStore items, Listener listener) {
    this.store = new CatalogStore(items);
    this.listener = listener;
    image = store.load();
  }

  CatalogState state() {
    return image.state();
  }

  /// Epoch of the present leadership; 0 while this replica does not lead.
  long epoch() {
    return epoch;
  }

  /// The replica that is believed to lead.
  @Nullable Replica leader() {
    return leader;
  }

  /// Completes when the entry of that index is applied here.
  CompletableFuture<@Nullable Void> applied(long index) {
    synchronized (waiters) {
      if (image.position().index() >= index) {
        return CompletableFuture.completedFuture(null);
      }
      CompletableFuture<@Nullable Void> waiter = new CompletableFuture<>();
      waiters.computeIfAbsent(index, _ -> new ArrayList<>()).add(waiter);
      return waiter;
    }
  }

  @Override
  public Position position() {
    return image.position();
  }

  @Override
  public TableOutcome apply(Position position, byte[] entry) {
    Image before = image;
    Transitions.Step step = Transitions.apply(before.state(), CatalogCommands.decode(entry));
    store.write(position, step);
    moved(new Image(position, step.state()));
    if (step.changed() != null || step.removed() != null) {
      listener.changed(step.state());
    }
    return step.outcome();
  }

  @Override
  public void skip(Position position) {
    CatalogState state = image.state();
    store.write(position, state);
    moved(new Image(position, state));
  }

  @Override
  public void leading(long newEpoch) {
    epoch = newEpoch;
    listener.leading(true);
  }

  @Override
  public void following(@Nullable Replica newLeader) {
    epoch = 0;
    leader = newLeader;
    listener.leading(false);
  }

  /// Sums up the copy on disk; may wait for it.
  ReplicaChecksum checksum() {
    return store.checksum();
  }

  @Override
  public SnapshotReader openSnapshot() {
    return CatalogSnapshot.reader(image);
  }

  @Override
  public SnapshotWriter stageSnapshot(Position position) {
    return new CatalogSnapshot.Writer(position, this::install);
  }

  private void install(Image received) {
    store.replace(received);
    moved(received);
    listener.changed(received.state());
  }

  private void moved(Image to) {
    List<CompletableFuture<@Nullable Void>> reached = new ArrayList<>();
    synchronized (waiters) {
      image = to;
      var due = waiters.headMap(to.position().index(), true);
      due.values().forEach(reached::addAll);
      due.clear();
    }
    reached.forEach(waiter -> waiter.complete(null));
  }
}
