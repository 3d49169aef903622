package dev.partita.engine;

import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;

/// Walks one range from the image of the moment it was opened. Owns its native handles, and keeps
/// the store from closing under it.
final class RocksCursor implements Rows.Cursor {

  private final Gate gate;
  private final Slice lower;
  private final Slice upper;
  private final ReadOptions options;
  private final RocksIterator iterator;
  private final boolean forward;
  private State state = State.BEFORE_FIRST;

  private enum State {
    BEFORE_FIRST,
    ON_ROW,
    AT_END,
    CLOSED
  }

  /// The caller has entered the gate; the cursor leaves it when it is closed.
  ///
  /// @param forward whether keys ascend on the way
  /// @param snapshot whose image is walked; null for the present one
  RocksCursor(
      RocksHandles handles,
      ColumnFamilyHandle family,
      Gate gate,
      byte[] from,
      byte[] to,
      boolean forward,
      @Nullable Snapshot snapshot) {
    this.gate = gate;
    this.forward = forward;
    lower = new Slice(from);
    upper = new Slice(to);
    options = new ReadOptions().setIterateLowerBound(lower).setIterateUpperBound(upper);
    if (snapshot != null) {
      options.setSnapshot(snapshot);
    }
    iterator = handles.db.newIterator(family, options);
  }

  @Override
  public boolean next() {
    switch (state) {
      case BEFORE_FIRST -> {
        if (forward) {
          iterator.seekToFirst();
        } else {
          iterator.seekToLast();
        }
      }
      case ON_ROW -> {
        if (forward) {
          iterator.next();
        } else {
          iterator.prev();
        }
      }
      case AT_END -> {
        return false;
      }
      case CLOSED -> throw new IllegalStateException("cursor is closed");
    }
    return arrived();
  }

  @Override
  public boolean skipTo(byte[] rowKey) {
    if (state == State.CLOSED) {
      throw new IllegalStateException("cursor is closed");
    }
    if (forward) {
      iterator.seek(rowKey);
    } else {
      iterator.seekForPrev(rowKey);
    }
    return arrived();
  }

  private boolean arrived() {
    if (iterator.isValid()) {
      state = State.ON_ROW;
      return true;
    }
    try {
      iterator.status();
    } catch (RocksDBException e) {
      throw RocksErrors.named("read the next row", e);
    }
    state = State.AT_END;
    return false;
  }

  @Override
  public byte[] key() {
    requireRow();
    return iterator.key();
  }

  @Override
  public byte[] value() {
    requireRow();
    return iterator.value();
  }

  private void requireRow() {
    if (state != State.ON_ROW) {
      throw new IllegalStateException("cursor is not on a row: " + state);
    }
  }

  @Override
  public void close() {
    if (state == State.CLOSED) {
      return;
    }
    state = State.CLOSED;
    iterator.close();
    options.close();
    upper.close();
    lower.close();
    gate.leave();
  }
}
