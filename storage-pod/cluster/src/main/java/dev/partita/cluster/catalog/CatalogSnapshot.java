package dev.partita.cluster.catalog;

import dev.partita.cluster.catalog.CatalogStore.Image;
import dev.partita.model.codec.ByteReader;
import dev.partita.model.codec.ByteWriter;
import dev.partita.model.error.CorruptDataException;
import dev.partita.model.table.TableCodec;
import dev.partita.model.table.TableRecord;
import dev.partita.replication.Position;
import dev.partita.replication.StagingException;
import dev.partita.replication.StateMachine.SnapshotReader;
import dev.partita.replication.StateMachine.SnapshotWriter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The catalog's image in pieces for a replica that is too far behind. Every piece begins with its
/// kind:
///
/// ```
/// u8 1: the first; u8 version 1 | u64 next table id | u64 next partition id | u64 tables
/// u8 2: varint length and record of a table (TableCodec), again and again to the end
/// u8 3: the last; empty
/// ```
final class CatalogSnapshot {
  private static final int VERSION = 1;
  private static final int HEAD = 1;
  private static final int TABLES = 2;
  private static final int END = 3;

  private CatalogSnapshot() {}

  static SnapshotReader reader(Image image) {
    return new Reader(image);
  }

  private static final class Reader implements SnapshotReader {
    private final Image image;
    private final Iterator<TableRecord> tables;
    private int nextKind = HEAD;

    Reader(Image image) {
      this.image = image;
      tables = image.state().tables().iterator();
    }

    @Override
    public Position position() {
      return image.position();
    }

    @Override
    public byte @Nullable [] next(int maxBytes) {
      if (nextKind == 0) {
        return null;
      }
      ByteWriter out = new ByteWriter(256);
      out.u8(nextKind);
      if (nextKind == HEAD) {
        out.u8(VERSION);
        out.u64(image.state().nextTableId());
        out.u64(image.state().nextPartitionId());
        out.u64(image.state().tables().size());
      } else if (nextKind == TABLES) {
        while (tables.hasNext() && out.length() < maxBytes) {
          byte[] record = TableCodec.encode(tables.next());
          out.bytes(record, 0, record.length);
        }
      }
      nextKind = nextKind == END ? 0 : tables.hasNext() ? TABLES : END;
      return out.toArray();
    }

    @Override
    public void close() {}
  }

  /// Collects the tables; the whole is small enough for memory.
  static final class Writer implements SnapshotWriter {
    private final Position position;
    private final Consumer<Image> install;
    private final List<TableRecord> tables = new ArrayList<>();
    private long nextTableId;
    private long nextPartitionId;
    private long expected = -1;
    private boolean ended;

    Writer(Position position, Consumer<Image> install) {
      this.position = position;
      this.install = install;
    }

    @Override
    public void accept(byte[] piece) {
      try {
        take(piece);
      } catch (CorruptDataException e) {
        throw new StagingException("piece of the catalog refused: " + e.getMessage(), e);
      }
    }

    private void take(byte[] piece) {
      ByteReader in = new ByteReader(piece);
      int kind = in.u8();
      if (ended || (kind == HEAD) != (expected < 0)) {
        throw new CorruptDataException("catalog snapshot with its pieces out of order");
      }
      switch (kind) {
        case HEAD -> {
          int version = in.u8();
          if (version != VERSION) {
            throw new CorruptDataException("catalog snapshot of version " + version);
          }
          nextTableId = in.u64();
          nextPartitionId = in.u64();
          expected = in.u64();
        }
        case TABLES -> {
          while (in.remaining() > 0) {
            tables.add(TableCodec.decodeRecord(in.bytes().unsafeArray()));
          }
        }
        case END -> ended = true;
        default -> throw new CorruptDataException("catalog snapshot with a piece of kind " + kind);
      }
      in.done();
    }

    @Override
    public void complete() {
      if (!ended || tables.size() != expected) {
        throw new StagingException(
            "catalog snapshot of " + tables.size() + " tables instead of " + expected);
      }
    }

    @Override
    public void install() {
      if (!ended || tables.size() != expected) {
        throw new CorruptDataException(
            "catalog snapshot of " + tables.size() + " tables instead of " + expected);
      }
      install.accept(new Image(position, CatalogState.of(nextTableId, nextPartitionId, tables)));
    }

    @Override
    public void close() {
      tables.clear();
    }
  }
}
