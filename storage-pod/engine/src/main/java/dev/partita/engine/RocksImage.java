package dev.partita.engine;

import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.Snapshot;

/// The rows of one moment. Owns a snapshot of the store, and keeps the store from closing under it.
final class RocksImage implements Rows.Image {

  private final RocksHandles handles;
  private final Gate gate;
  private final Snapshot snapshot;
  private final ReadOptions reads;
  private boolean closed;

  /// The caller has entered the gate; the image leaves it when it is closed.
  RocksImage(RocksHandles handles, Gate gate) {
    this.handles = handles;
    this.gate = gate;
    snapshot = handles.db.getSnapshot();
    reads = new ReadOptions().setSnapshot(snapshot);
  }

  @Override
  public byte @Nullable [] get(byte[] rowKey) {
    try {
      return handles.db.get(handles.items, reads, rowKey);
    } catch (RocksDBException e) {
      throw RocksErrors.named("read a row", e);
    }
  }

  @Override
  public Rows.Cursor scan(byte[] from, byte[] to) {
    gate.enter();
    return new RocksCursor(handles, handles.items, gate, from, to, true, snapshot);
  }

  @Override
  public Rows.Cursor scanBackwards(byte[] from, byte[] to) {
    gate.enter();
    return new RocksCursor(handles, handles.items, gate, from, to, false, snapshot);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      reads.close();
      handles.db.releaseSnapshot(snapshot);
      snapshot.close();
      gate.leave();
    }
  }
}
