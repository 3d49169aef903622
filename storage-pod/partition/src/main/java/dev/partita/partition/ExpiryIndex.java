package dev.partita.partition;

import dev.partita.engine.FullDisk;
import dev.partita.engine.ItemStore;
import dev.partita.engine.ItemWriter;
import dev.partita.engine.Rows.Cursor;
import dev.partita.model.item.StoredItem;
import dev.partita.model.item.TtlAttribute;
import dev.partita.model.key.KeyRange;
import dev.partita.model.key.RowKeys;
import dev.partita.model.key.RowSource;
import dev.partita.model.value.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One replica's items in the order of their expiry. It is the replica's own: derived from its
/// rows, in no log and in no image. What lies in it is a hint where to look. An item that expires
/// is always in it, once it is filled; an entry whose item has another time by now does no harm,
/// since items are deleted only for what they say themselves.
///
/// Whatever changes it runs under the applier's lock, together with the rows; {@link #due} and
/// {@link #attribute} may be called at any time.
final class ExpiryIndex {

  /// An item that is longer overdue is left alone, as DynamoDB does: most likely its time is none.
  static final long OLDEST_SECONDS = 5L * 365 * 24 * 60 * 60;

  private static final byte[] NOTHING = {};

  private final ItemStore store;
  private final long partitionId;
  private final byte[] stateKey;
  private volatile @Nullable ExpiryState state;

  /// Before this key nothing waits to be found, so that nobody walks over the remains of a million
  /// entries that were removed. Like the next field guarded by `this`.
  private Bytes waitingFrom = Bytes.EMPTY;

  /// The lowest key that came while what {@link #due} found was on its way; null for none.
  private @Nullable Bytes lowestNew;

  /// The lowest key that goes with a batch which is not written yet. Nobody can find it so far:
  /// told now, a walk of this moment would take it for looked at.
  private @Nullable Bytes lowestUnwritten;

  /// As the store has it.
  ExpiryIndex(ItemStore store, long partitionId) {
    this.store = store;
    this.partitionId = partitionId;
    this.stateKey = ReplicaKeys.expiry(partitionId);
    byte[] stored = store.meta(stateKey);
    this.state = stored == null ? null : ExpiryState.decode(stored);
  }

  /// Whose times are in it; null where items do not expire.
  @Nullable TtlAttribute attribute() {
    ExpiryState now = state;
    return now == null ? null : now.attribute();
  }

  /// Whether rows of before wait to be looked at.
  boolean isFilled() {
    ExpiryState now = state;
    return now == null || now.missingFrom() == null;
  }

  /// Begins anew with another attribute; with null, forgets everything.
  ///
  /// @param range the replica's rows
  void switchTo(@Nullable TtlAttribute attribute, KeyRange range) {
    try (ItemWriter.Batch batch = store.batch()) {
      remove(partitionId, batch);
      ExpiryState next = attribute == null ? null : new ExpiryState(attribute, range.from());
      if (next != null) {
        batch.putMeta(stateKey, next.encode());
      }
      FullDisk.outlast(batch::write);
      state = next;
      came(Bytes.EMPTY);
    }
  }

  /// Removes what a replica has, from whatever store it is in.
  static void remove(long partitionId, ItemWriter.Batch batch) {
    KeyRange all = ExpiryKeys.all(partitionId);
    batch.deleteExpiryRange(all.from().unsafeArray(), all.to().unsafeArray());
    batch.deleteMeta(ReplicaKeys.expiry(partitionId));
  }

  /// An item is put. {@link #written} follows.
  void put(Bytes rowKey, Bytes body, ItemWriter.Batch batch) {
    TtlAttribute attribute = attribute();
    if (attribute == null) {
      return;
    }
    long seconds = attribute.of(body);
    if (seconds != TtlAttribute.NEVER) {
      enter(seconds, rowKey, batch);
    }
  }

  private void enter(long seconds, Bytes rowKey, ItemWriter.Batch batch) {
    byte[] key = ExpiryKeys.of(partitionId, seconds, rowKey);
    batch.putExpiry(key, NOTHING);
    Bytes entered = Bytes.wrap(key);
    Bytes lowest = lowestUnwritten;
    if (lowest == null || entered.compareTo(lowest) < 0) {
      lowestUnwritten = entered;
    }
  }

  /// The batch of what was put is written.
  void written() {
    Bytes lowest = lowestUnwritten;
    if (lowest != null) {
      lowestUnwritten = null;
      came(lowest);
    }
  }

  private synchronized void came(Bytes key) {
    if (key.compareTo(waitingFrom) < 0) {
      waitingFrom = key;
    }
    Bytes lowest = lowestNew;
    if (lowest == null || key.compareTo(lowest) < 0) {
      lowestNew = key;
    }
  }

  /// An item that expired at that time is going, or is about to get another time.
  void forget(Bytes rowKey, long seconds, ItemWriter.Batch batch) {
    if (attribute() != null) {
      batch.deleteExpiry(ExpiryKeys.of(partitionId, seconds, rowKey));
    }
  }

  /// Looks at some of the rows that were there before the index was.
  ///
  /// @param range the replica's rows
  void fill(KeyRange range) {
    ExpiryState now = state;
    Bytes from = now == null ? null : now.missingFrom();
    if (now == null || from == null) {
      return;
    }
    try (Cursor rows = store.scan(from.unsafeArray(), range.to().unsafeArray());
        ItemWriter.Batch batch = store.batch()) {
      Bytes next = null;
      int count = 0;
      long bytes = 0;
      while (rows.next()) {
        if (count == PartitionLimits.EXPIRY_FILL_ROWS
            || bytes >= PartitionLimits.EXPIRY_FILL_BYTES) {
          next = Bytes.wrap(rows.key());
          break;
        }
        byte[] key = rows.key();
        byte[] value = rows.value();
        count++;
        bytes += value.length;
        if (RowKeys.isOf(RowSource.Items.INSTANCE, key)) {
          long seconds = of(now.attribute(), value);
          if (seconds != TtlAttribute.NEVER) {
            enter(seconds, Bytes.wrap(key), batch);
          }
        }
      }
      ExpiryState further = new ExpiryState(now.attribute(), next);
      batch.putMeta(stateKey, further.encode());
      FullDisk.outlast(batch::write);
      written();
      state = further;
    }
  }

  /// When a stored item expires.
  static long of(TtlAttribute attribute, byte[] stored) {
    return attribute.of(stored, StoredItem.HEADER_BYTES, stored.length - StoredItem.HEADER_BYTES);
  }

  /// Items whose time has come, the earliest first.
  ///
  /// @param now in seconds since 1970
  List<ExpiryKeys.Due> due(long now, int limit) {
    KeyRange passed = ExpiryKeys.between(partitionId, Math.max(1, now - OLDEST_SECONDS), now + 1);
    Bytes from = startOfWalk(passed.from());
    List<ExpiryKeys.Due> due = new ArrayList<>();
    if (from.compareTo(passed.to()) >= 0) {
      return due;
    }
    try (Cursor entries = store.scanExpiry(from.unsafeArray(), passed.to().unsafeArray())) {
      while (due.size() < limit && entries.next()) {
        due.add(ExpiryKeys.read(entries.key()));
      }
    }
    return due;
  }

  private synchronized Bytes startOfWalk(Bytes earliest) {
    lowestNew = null;
    return waitingFrom.compareTo(earliest) > 0 ? waitingFrom : earliest;
  }

  /// All that the last {@link #due} found is done with.
  ///
  /// @param last of it
  synchronized void done(ExpiryKeys.Due last) {
    Bytes behind =
        RowKeys.behind(Bytes.wrap(ExpiryKeys.of(partitionId, last.seconds(), last.rowKey())));
    Bytes lowest = lowestNew;
    waitingFrom = lowest != null && lowest.compareTo(behind) < 0 ? lowest : behind;
  }

  /// Removes entries whose items say something else by now.
  void forget(List<ExpiryKeys.Due> outdated) {
    TtlAttribute attribute = attribute();
    if (attribute == null) {
      return;
    }
    try (ItemWriter.Batch batch = store.batch()) {
      for (ExpiryKeys.Due entry : outdated) {
        byte[] stored = store.get(entry.rowKey().unsafeArray());
        if (stored == null || of(attribute, stored) != entry.seconds()) {
          forget(entry.rowKey(), entry.seconds(), batch);
        }
      }
      FullDisk.outlast(batch::write);
    }
  }
}
