package dev.partita.engine;

import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/// Walks one range from the image of the moment it was opened. Owns its native handles, and keeps
/// the store from closing under it.
final class RocksCursor implements ItemReader.Cursor {

  private final Gate gate;
  private final Slice lower;
  private final Slice upper;
  private final ReadOptions options;
  private final RocksIterator iterator;
  private State state = State.BEFORE_FIRST;

  private enum State {
    BEFORE_FIRST,
    ON_ROW,
    AT_END,
    CLOSED
  }

  /// The caller has entered the gate; the cursor leaves it when it is closed.
  RocksCursor(RocksHandles handles, ColumnFamilyHandle family, Gate gate, byte[] from, byte[] to) {
    this.gate = gate;
    lower = new Slice(from);
    upper = new Slice(to);
    options = new ReadOptions().setIterateLowerBound(lower).setIterateUpperBound(upper);
    iterator = handles.db.newIterator(family, options);
  }

  @Override
  public boolean next() {
    switch (state) {
      case BEFORE_FIRST -> iterator.seekToFirst();
      case ON_ROW -> iterator.next();
      case AT_END -> {
        return false;
      }
      case CLOSED -> throw new IllegalStateException("cursor is closed");
    }
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
