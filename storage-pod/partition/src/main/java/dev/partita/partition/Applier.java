package dev.partita.partition;

import dev.partita.engine.FullDisk;
import dev.partita.engine.ItemStore;
import dev.partita.engine.ItemWriter;
import dev.partita.engine.Rows.Cursor;
import dev.partita.model.error.CorruptDataException;
import dev.partita.model.item.StoredItem;
import dev.partita.model.item.TtlAttribute;
import dev.partita.model.key.KeyRange;
import dev.partita.model.table.PartitionDescriptor;
import dev.partita.model.value.Bytes;
import dev.partita.replication.Position;
import dev.partita.replication.Replica;
import dev.partita.replication.StateMachine;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
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
  private final ExpiryIndex expiry;

  /// Held while rows and state change together, and while an image of both is opened.
  private final ReentrantLock changing = new ReentrantLock();

  private final AtomicReference<ReplicaState> state;

  /// Odd while an image takes the place of the rows, see {@link #image}.
  private final AtomicLong image = new AtomicLong();

  /// @param state what is applied, never ahead of the rows: at first as the store has it, or the
  ///   founding one; set by this applier only
  /// @param expiry of the same partition; changed by this applier only
  Applier(
      ItemStore store,
      HybridClock clock,
      PartitionLimits limits,
      AtomicReference<ReplicaState> state,
      ExpiryIndex expiry,
      Leadership leadership) {
    this.store = store;
    this.clock = clock;
    this.limits = limits;
    this.state = state;
    this.expiry = expiry;
    this.leadership = leadership;
    this.stateKey = ReplicaKeys.state(state.get().descriptor().id());
    clock.observe(state.get().clockFloor());
  }

  /// What is applied: never ahead of the rows.
  ReplicaState state() {
    return state.get();
  }

  /// To be read; what changes it goes through this applier.
  ExpiryIndex expiry() {
    return expiry;
  }

  /// Begins a new expiry index where another attribute than before is meant.
  ///
  /// @param attribute null where items do not expire
  void expireBy(@Nullable TtlAttribute attribute) {
    if (!Objects.equals(attribute, expiry.attribute())) {
      withoutEntries(() -> expiry.switchTo(attribute, state.get().descriptor().range()));
    }
  }

  /// Looks at some of the rows that the expiry index does not know yet.
  void fillExpiry() {
    withoutEntries(() -> expiry.fill(state.get().descriptor().range()));
  }

  void forgetExpiry(List<ExpiryKeys.Due> outdated) {
    withoutEntries(() -> expiry.forget(outdated));
  }

  /// While nothing is applied; not at all for a replica that is going.
  private void withoutEntries(Runnable change) {
    changing.lock();
    try {
      if (!state.get().dropping()) {
        change.run();
      }
    } finally {
      changing.unlock();
    }
  }

  /// Which image of the rows is in place. While one takes the place of another, rows that were
  /// there always are missing: a read counts only if {@link #isWhole} held before it, and the image
  /// is the same after it.
  long image() {
    return image.get();
  }

  static boolean isWhole(long image) {
    return (image & 1) == 0;
  }

  /// Reads rows, and looks before and after whether they were whole: rows may go when the range
  /// shrinks, when an image takes their place, or when the replica is dropped, and what is gone
  /// must not be taken for what never was.
  ///
  /// @param meant whether a range holds what is to be read
  <T> Reply<T> whole(Predicate<KeyRange> meant, Supplier<T> read) {
    long seen = image();
    PartitionDescriptor before = state().descriptor();
    if (!meant.test(before.range())) {
      return new Reply.WrongRange<>(List.of(before));
    }
    T value;
    try {
      value = read.get();
    } catch (CorruptDataException e) {
      Reply<T> spoilt = spoilt(seen, meant);
      if (spoilt == null) {
        throw e;
      }
      return spoilt;
    }
    Reply<T> spoilt = spoilt(seen, meant);
    return spoilt == null ? new Reply.Answer<>(value) : spoilt;
  }

  /// Where to ask in place of a read that was not whole; null if it was.
  ///
  /// @param seen which image was in place before the read
  <T> @Nullable Reply<T> spoilt(long seen, Predicate<KeyRange> meant) {
    ReplicaState now = state();
    if (now.dropping() || !isWhole(seen) || image() != seen) {
      return new Reply.NotLeader<>(null);
    }
    return meant.test(now.descriptor().range())
        ? null
        : new Reply.WrongRange<>(List.of(now.descriptor()));
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
    List<IndexSize> indexes = before.indexes();
    boolean deletes = false;
    BitSet outside = null;
    ReplicaState after;
    try (ItemWriter.Batch batch = store.batch()) {
      forgetExpiry(entry, range, batch);
      for (int i = 0; i < entry.effects().size(); i++) {
        Effect effect = entry.effects().get(i);
        if (!range.contains(effect.rowKey())) {
          outside = outside == null ? new BitSet() : outside;
          outside.set(i);
          continue;
        }
        byte[] key = effect.rowKey().unsafeArray();
        switch (effect) {
          case Effect.Put put -> {
            items += put.oldSize() > 0 ? 0 : 1;
            bytes += put.newSize() - put.oldSize();
            batch.put(
                key, StoredItem.encode(entry.timestamp(), sequence, put.newSize(), put.body()));
            expiry.put(put.rowKey(), put.body(), batch);
          }
          case Effect.Delete delete -> {
            items -= delete.oldSize() > 0 ? 1 : 0;
            bytes -= delete.oldSize();
            deletes = true;
            batch.delete(key);
          }
          case Effect.PutEntry put -> {
            indexes = changed(indexes, put.index(), put.oldSize(), put.newSize());
            batch.put(
                key, StoredItem.encode(entry.timestamp(), sequence, put.newSize(), put.body()));
          }
          case Effect.DeleteEntry delete -> {
            indexes = changed(indexes, delete.index(), delete.oldSize(), 0);
            batch.delete(key);
          }
          case Effect.SetCollection(_, ItemCollection collection) -> {
            if (collection.bytes() == 0) {
              batch.delete(key);
            } else {
              batch.put(key, collection.encode());
            }
          }
          // Done before.
          case Effect.ForgetExpiry _ -> {}
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
              before.dropping(),
              indexes);
      batch.putMeta(stateKey, after.encode());
      FullDisk.outlast(batch::write);
      expiry.written();
    }
    state.set(after);
    clock.observe(entry.timestamp());
    return outside == null
        ? ApplyResult.Done.INSTANCE
        : new ApplyResult.Narrowed(outside, after.descriptor());
  }

  /// Before anything is put: what is put with the same time again stays.
  private void forgetExpiry(EffectsEntry entry, KeyRange range, ItemWriter.Batch batch) {
    for (Effect effect : entry.effects()) {
      if (effect instanceof Effect.ForgetExpiry(Bytes rowKey, long seconds)
          && range.contains(rowKey)) {
        expiry.forget(rowKey, seconds, batch);
      }
    }
  }

  /// What the local indexes hold after a change of one entry.
  private static List<IndexSize> changed(
      List<IndexSize> indexes, int number, int oldSize, int newSize) {
    List<IndexSize> changed = new ArrayList<>(indexes);
    while (changed.size() <= number) {
      changed.add(IndexSize.EMPTY);
    }
    changed.set(number, changed.get(number).changed(oldSize, newSize));
    return changed;
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
      FullDisk.outlast(batch::write);
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
      ReplicaState now = state.get();
      KeyRange range = now.descriptor().range();
      return new Applied(now, store.scan(range.from().unsafeArray(), range.to().unsafeArray()));
    } finally {
      changing.unlock();
    }
  }

  @Override
  public SnapshotReader openSnapshot() {
    Applied now = open();
    return new RangeSnapshotReader(now.state(), now.rows());
  }

  /// Sums up what is applied; entries go on being applied meanwhile. Null when the replica is on
  /// its way out.
  @Nullable ReplicaChecksum checksum() {
    Applied now = open();
    try (Cursor rows = now.rows()) {
      return now.state().dropping()
          ? null
          : ReplicaChecksum.of(now.state().position(), now.state().encode(), rows);
    }
  }

  @Override
  public SnapshotWriter stageSnapshot(Position position) {
    return new RangeSnapshotWriter(store, limits.snapshotFileBytes(), position, this::install);
  }

  private void install(RangeSnapshotWriter.Staged staged) {
    ReplicaState received = staged.state();
    if (received.descriptor().id() != state.get().descriptor().id()) {
      throw new IllegalStateException(
          "snapshot of partition "
              + received.descriptor().id()
              + " sent to partition "
              + state.get().descriptor().id());
    }
    changing.lock();
    try {
      KeyRange range = received.descriptor().range();
      // The index of before says nothing of the new rows, and must not seem to after a crash.
      expiry.switchTo(expiry.attribute(), range);
      // Stays odd where this fails: then the replica stops.
      image.incrementAndGet();
      store.replaceRange(
          range.from().unsafeArray(),
          range.to().unsafeArray(),
          staged.files(),
          stateKey,
          received.encode());
      state.set(received);
      clock.observe(received.clockFloor());
      image.incrementAndGet();
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
