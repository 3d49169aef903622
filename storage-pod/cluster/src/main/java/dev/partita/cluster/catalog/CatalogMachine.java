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
import java.util.concurrent.TimeUnit;
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
  private final NavigableMap<Long, List<CompletableFuture<Boolean>>> waiters = new TreeMap<>();
  private volatile Image image;
  private volatile long epoch;

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

  /// Waits until the entry of that index is applied here.
  ///
  /// @return false if it was not within that time
  CompletableFuture<Boolean> applied(long index, long patienceMillis) {
    CompletableFuture<Boolean> waiter = new CompletableFuture<>();
    synchronized (waiters) {
      if (image.position().index() >= index) {
        return CompletableFuture.completedFuture(true);
      }
      waiters.computeIfAbsent(index, _ -> new ArrayList<>()).add(waiter);
    }
    // The index may never come, if this pod cannot follow: nobody may wait for it for ever.
    return waiter
        .completeOnTimeout(false, patienceMillis, TimeUnit.MILLISECONDS)
        .whenComplete(
            (reached, _) -> {
              if (!reached) {
                forgetEnded(index);
              }
            });
  }

  private void forgetEnded(long index) {
    synchronized (waiters) {
      waiters.computeIfPresent(
          index,
          (_, waiting) -> {
            waiting.removeIf(CompletableFuture::isDone);
            return waiting.isEmpty() ? null : waiting;
          });
    }
  }

  /// How many wait for an index that is not applied.
  int waiting() {
    synchronized (waiters) {
      return waiters.values().stream().mapToInt(List::size).sum();
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
  public void following(@Nullable Replica leader) {
    epoch = 0;
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
    List<CompletableFuture<Boolean>> reached = new ArrayList<>();
    synchronized (waiters) {
      image = to;
      var due = waiters.headMap(to.position().index(), true);
      due.values().forEach(reached::addAll);
      due.clear();
    }
    reached.forEach(waiter -> waiter.complete(true));
  }
}
