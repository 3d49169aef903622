package dev.partita.partition;

import dev.partita.engine.ItemReader.Cursor;
import dev.partita.engine.ItemStore;
import dev.partita.engine.ItemWriter;
import dev.partita.model.item.StoredItem;
import dev.partita.model.key.KeyRange;
import dev.partita.replication.Position;
import dev.partita.replication.Replica;
import dev.partita.replication.StateMachine;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Brings committed entries into the item store, on every replica alike: no expressions, no reads,
/// one batch per entry that holds the rows and the position.
///
/// Every row is checked against the range that the log itself gave the partition; what lies outside
/// has no effect, on all replicas alike, whatever its proposer believed.
final class Applier implements StateMachine {

  /// Hears of leadership; does not block.
  interface Leadership {
    void leading(long epoch);

    void following(@Nullable Replica leader);
  }

  private final ItemStore store;
  private final HybridClock clock;
  private final PartitionLimits limits;
  private final Leadership leadership;
  private final byte[] stateKey;

  /// Held while rows and state change together, and while an image of both is opened.
  private final ReentrantLock changing = new ReentrantLock();

  private final AtomicReference<ReplicaState> state;

  /// @param state what is applied, never ahead of the rows: at first as the store has it, or the
  ///   founding one; set by this applier only
  Applier(
      ItemStore store,
      HybridClock clock,
      PartitionLimits limits,
      AtomicReference<ReplicaState> state,
      Leadership leadership) {
    this.store = store;
    this.clock = clock;
    this.limits = limits;
    this.state = state;
    this.leadership = leadership;
    this.stateKey = ReplicaKeys.state(state.get().descriptor().id());
    clock.observe(state.get().clockFloor());
  }

  /// What is applied: never ahead of the rows.
  ReplicaState state() {
    return state.get();
  }

  @Override
  public Position position() {
    return state.get().position();
  }

  @Override
  public ApplyResult apply(Position position, byte[] entry) {
    EffectsEntry effects = EffectsEntry.decode(entry);
    changing.lock();
    try {
      ReplicaState before = state.get();
      checkFollows(before.position(), position);
      if (effects.turn() != before.turn(position.epoch())) {
        moveTo(before.at(position));
        return ApplyResult.OutOfTurn.INSTANCE;
      }
      return apply(before, position, effects);
    } finally {
      changing.unlock();
    }
  }

  private ApplyResult apply(ReplicaState before, Position position, EffectsEntry entry) {
    KeyRange range = before.descriptor().range();
    long sequence = before.sequenceBase() + position.index();
    long items = before.items();
    long bytes = before.bytes();
    boolean deletes = false;
    BitSet outside = null;
    ReplicaState after;
    try (ItemWriter.Batch batch = store.batch()) {
      for (int i = 0; i < entry.effects().size(); i++) {
        Effect effect = entry.effects().get(i);
        if (!range.contains(effect.rowKey())) {
          outside = outside == null ? new BitSet() : outside;
          outside.set(i);
          continue;
        }
        items -= effect.oldSize() > 0 ? 1 : 0;
        bytes -= effect.oldSize();
        byte[] key = effect.rowKey().unsafeArray();
        switch (effect) {
          case Effect.Put put -> {
            items++;
            bytes += put.newSize();
            batch.put(
                key, StoredItem.encode(entry.timestamp(), sequence, put.newSize(), put.body()));
          }
          case Effect.Delete _ -> {
            deletes = true;
            batch.delete(key);
          }
        }
      }
      after =
          new ReplicaState(
              position,
              position.epoch(),
              entry.turn() + 1,
              before.descriptor(),
              items,
              bytes,
              deletes
                  ? Math.max(before.maxDeleteTimestamp(), entry.timestamp())
                  : before.maxDeleteTimestamp(),
              Math.max(before.clockFloor(), entry.timestamp()),
              before.sequenceBase(),
              before.dropping());
      batch.putMeta(stateKey, after.encode());
      batch.write();
    }
    state.set(after);
    clock.observe(entry.timestamp());
    return outside == null
        ? ApplyResult.Done.INSTANCE
        : new ApplyResult.Narrowed(outside, after.descriptor());
  }

  @Override
  public void skip(Position position) {
    changing.lock();
    try {
      ReplicaState before = state.get();
      checkFollows(before.position(), position);
      moveTo(before.at(position));
    } finally {
      changing.unlock();
    }
  }

  /// Entries without effect are few, and a position that is in the store needs no second thought
  /// when the log is cut: so it is written at once.
  private void moveTo(ReplicaState next) {
    try (ItemWriter.Batch batch = store.batch()) {
      batch.putMeta(stateKey, next.encode());
      batch.write();
    }
    state.set(next);
  }

  private static void checkFollows(Position before, Position position) {
    if (position.index() != before.index() + 1 || position.epoch() < before.epoch()) {
      throw new IllegalStateException("entry at " + position + " does not follow " + before);
    }
  }

  @Override
  public void leading(long epoch) {
    leadership.leading(epoch);
  }

  @Override
  public void following(@Nullable Replica leader) {
    leadership.following(leader);
  }

  /// Rows and state that belong together.
  private record Applied(ReplicaState state, Cursor rows) {}

  private Applied open() {
    changing.lock();
    try {
      ReplicaState image = state.get();
      KeyRange range = image.descriptor().range();
      return new Applied(image, store.scan(range.from().unsafeArray(), range.to().unsafeArray()));
    } finally {
      changing.unlock();
    }
  }

  @Override
  public SnapshotReader openSnapshot() {
    Applied image = open();
    return new RangeSnapshotReader(image.state(), image.rows());
  }

  /// Sums up what is applied; entries go on being applied meanwhile. Null when the replica is on
  /// its way out.
  @Nullable ReplicaChecksum checksum() {
    Applied image = open();
    try (Cursor rows = image.rows()) {
      return image.state().dropping()
          ? null
          : ReplicaChecksum.of(image.state().position(), image.state().encode(), rows);
    }
  }

  @Override
  public SnapshotWriter stageSnapshot(Position position) {
    return new RangeSnapshotWriter(store, limits.snapshotFileBytes(), position, this::install);
  }

  private void install(RangeSnapshotWriter.Staged staged) {
    ReplicaState image = staged.state();
    if (image.descriptor().id() != state.get().descriptor().id()) {
      throw new IllegalStateException(
          "snapshot of partition "
              + image.descriptor().id()
              + " sent to partition "
              + state.get().descriptor().id());
    }
    changing.lock();
    try {
      KeyRange range = image.descriptor().range();
      store.replaceRange(
          range.from().unsafeArray(),
          range.to().unsafeArray(),
          staged.files(),
          stateKey,
          image.encode());
      state.set(image);
      clock.observe(image.clockFloor());
    } finally {
      changing.unlock();
    }
  }

  /// Makes it durable that the replica is going; its rows are not to be read from now on.
  void markToBeDropped() {
    changing.lock();
    try {
      ReplicaState dropping = state.get().toBeDropped();
      state.set(dropping);
      StoredReplicas.mark(dropping, store);
    } finally {
      changing.unlock();
    }
  }
}
