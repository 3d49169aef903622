package dev.partita.cluster.catalog;

import dev.partita.engine.FullDisk;
import dev.partita.engine.ItemReader;
import dev.partita.engine.ItemStore;
import dev.partita.engine.ItemWriter.Batch;
import dev.partita.engine.Rows.Cursor;
import dev.partita.model.codec.ByteReader;
import dev.partita.model.codec.ByteWriter;
import dev.partita.model.error.CorruptDataException;
import dev.partita.model.table.TableCodec;
import dev.partita.model.table.TableRecord;
import dev.partita.partition.ReplicaChecksum;
import dev.partita.replication.Position;
import java.util.ArrayList;
import java.util.List;

/// The catalog's copy on this pod's disk, in the item store's replica column family:
///
/// ```
/// key 'c'                 u8 version 1 | u64 index | u64 epoch | u64 next table id
///                         | u64 next partition id
/// key 'c' | u64 table id  the table's record (TableCodec)
/// ```
final class CatalogStore {
  private static final int VERSION = 1;
  private static final byte[] HEAD_KEY = {'c'};
  private static final byte[] AFTER_ALL = {'c' + 1};

  private final ItemStore store;

  /// The catalog at one position.
  record Image(Position position, CatalogState state) {}

  CatalogStore(ItemStore store) {
    this.store = store;
  }

  Image load() {
    byte[] head = store.meta(HEAD_KEY);
    if (head == null) {
      return new Image(Position.START, CatalogState.EMPTY);
    }
    ByteReader in = new ByteReader(head);
    Position position = position(in);
    long nextTableId = in.u64();
    long nextPartitionId = in.u64();
    in.done();
    return new Image(position, CatalogState.of(nextTableId, nextPartitionId, tables(store)));
  }

  /// Sums up the copy; its head and its tables are read from one image.
  ReplicaChecksum checksum() {
    try (Cursor cursor = store.scanMeta(HEAD_KEY, AFTER_ALL)) {
      if (!cursor.next()) {
        return ReplicaChecksum.of(Position.START, new byte[0], cursor);
      }
      // The head's key is the beginning of all others, so it comes first.
      byte[] head = cursor.value();
      return ReplicaChecksum.of(position(new ByteReader(head)), head, cursor);
    }
  }

  /// Adds to a batch what a step changed, and the position that it led to.
  void write(Position position, Transitions.Step step) {
    try (Batch batch = store.batch()) {
      TableRecord changed = step.changed();
      if (changed != null) {
        batch.putMeta(key(changed.id()), TableCodec.encode(changed));
      }
      TableRecord removed = step.removed();
      if (removed != null) {
        batch.deleteMeta(key(removed.id()));
      }
      batch.putMeta(HEAD_KEY, head(position, step.state()));
      FullDisk.outlast(batch::write);
    }
  }

  /// Notes a position that an entry without effect led to.
  void write(Position position, CatalogState state) {
    try (Batch batch = store.batch()) {
      batch.putMeta(HEAD_KEY, head(position, state));
      FullDisk.outlast(batch::write);
    }
  }

  /// Replaces everything, durably.
  void replace(Image image) {
    try (Batch batch = store.batch()) {
      for (TableRecord old : tables(store)) {
        batch.deleteMeta(key(old.id()));
      }
      for (TableRecord table : image.state().tables()) {
        batch.putMeta(key(table.id()), TableCodec.encode(table));
      }
      batch.putMeta(HEAD_KEY, head(image.position(), image.state()));
      FullDisk.outlast(batch::write);
    }
    store.flush();
  }

  private static Position position(ByteReader head) {
    int version = head.u8();
    if (version != VERSION) {
      throw new CorruptDataException("stored catalog of version " + version);
    }
    return new Position(head.u64(), head.u64());
  }

  private static byte[] head(Position position, CatalogState state) {
    ByteWriter out = new ByteWriter(33);
    out.u8(VERSION);
    out.u64(position.index());
    out.u64(position.epoch());
    out.u64(state.nextTableId());
    out.u64(state.nextPartitionId());
    return out.toArray();
  }

  private static List<TableRecord> tables(ItemReader store) {
    List<TableRecord> tables = new ArrayList<>();
    try (Cursor cursor = store.scanMeta(HEAD_KEY, AFTER_ALL)) {
      while (cursor.next()) {
        if (cursor.key().length > HEAD_KEY.length) {
          tables.add(TableCodec.decodeRecord(cursor.value()));
        }
      }
    }
    return tables;
  }

  private static byte[] key(long tableId) {
    ByteWriter out = new ByteWriter(9);
    out.raw(HEAD_KEY, 0, HEAD_KEY.length);
    out.u64(tableId);
    return out.toArray();
  }
}
