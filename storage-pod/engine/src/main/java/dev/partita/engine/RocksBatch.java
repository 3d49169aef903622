package dev.partita.engine;

import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/// One atomic batch of changes.
final class RocksBatch implements ItemWriter.Batch {

  private final RocksHandles handles;
  private final Gate gate;
  private final WriteBatch batch = new WriteBatch();
  private boolean closed;

  /// The caller has entered the gate; the batch leaves it when it is closed.
  RocksBatch(RocksHandles handles, Gate gate) {
    this.handles = handles;
    this.gate = gate;
  }

  @Override
  public void put(byte[] rowKey, byte[] value) {
    collect(() -> batch.put(handles.items, rowKey, value));
  }

  @Override
  public void delete(byte[] rowKey) {
    collect(() -> batch.delete(handles.items, rowKey));
  }

  @Override
  public void putMeta(byte[] key, byte[] value) {
    collect(() -> batch.put(handles.replicas, key, value));
  }

  @Override
  public void deleteMeta(byte[] key) {
    collect(() -> batch.delete(handles.replicas, key));
  }

  @Override
  public void deleteRange(byte[] from, byte[] to) {
    collect(() -> batch.deleteRange(handles.items, from, to));
  }

  @Override
  public void putExpiry(byte[] key, byte[] value) {
    collect(() -> batch.put(handles.expiry, key, value));
  }

  @Override
  public void deleteExpiry(byte[] key) {
    collect(() -> batch.delete(handles.expiry, key));
  }

  @Override
  public void deleteExpiryRange(byte[] from, byte[] to) {
    collect(() -> batch.deleteRange(handles.expiry, from, to));
  }

  @Override
  public void write() {
    requireOpen();
    try {
      handles.db.write(handles.writes, batch);
    } catch (RocksDBException e) {
      throw RocksErrors.named("write a batch", e);
    }
  }

  private interface Change {
    void run() throws RocksDBException;
  }

  private void collect(Change change) {
    requireOpen();
    try {
      change.run();
    } catch (RocksDBException e) {
      throw RocksErrors.named("collect a change", e);
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("batch is closed");
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    batch.close();
    gate.leave();
  }
}
