package dev.partita.partition;

import dev.partita.engine.Rows.Cursor;
import dev.partita.model.codec.ByteWriter;
import dev.partita.replication.Position;
import dev.partita.replication.StateMachine.SnapshotReader;
import org.jspecify.annotations.Nullable;

/// Streams one consistent image of a partition. Every piece begins with its kind:
///
/// ```
/// u8 1: the first piece; encoded replica state, to the end
/// u8 2: rows in key order, each: varint length, key; varint length, value; to the end
/// u8 3: the last piece; u64 number of rows sent
/// ```
final class RangeSnapshotReader implements SnapshotReader {

  static final int STATE = 1;
  static final int ROWS = 2;
  static final int END = 3;

  private final ReplicaState state;
  private final Cursor rows;
  private int nextKind = STATE;
  private long sent;
  private boolean rowAtHand;

  /// @param rows the rows as of `state`; closed with this reader
  RangeSnapshotReader(ReplicaState state, Cursor rows) {
    this.state = state;
    this.rows = rows;
  }

  @Override
  public Position position() {
    return state.position();
  }

  /// A piece ends after the row that reaches `maxBytes`.
  @Override
  public byte @Nullable [] next(int maxBytes) {
    switch (nextKind) {
      case STATE -> {
        rowAtHand = rows.next();
        nextKind = rowAtHand ? ROWS : END;
        return statePiece();
      }
      case ROWS -> {
        byte[] piece = rowsPiece(maxBytes);
        nextKind = rowAtHand ? ROWS : END;
        return piece;
      }
      case END -> {
        nextKind = 0;
        ByteWriter out = new ByteWriter(1 + Long.BYTES);
        out.u8(END);
        out.u64(sent);
        return out.toArray();
      }
      default -> {
        return null;
      }
    }
  }

  private byte[] statePiece() {
    byte[] encoded = state.encode();
    ByteWriter out = new ByteWriter(1 + encoded.length);
    out.u8(STATE);
    out.raw(encoded, 0, encoded.length);
    return out.toArray();
  }

  private byte[] rowsPiece(int maxBytes) {
    ByteWriter out = new ByteWriter(maxBytes);
    out.u8(ROWS);
    while (rowAtHand && out.length() < maxBytes) {
      byte[] key = rows.key();
      byte[] value = rows.value();
      out.bytes(key, 0, key.length);
      out.bytes(value, 0, value.length);
      sent++;
      rowAtHand = rows.next();
    }
    return out.toArray();
  }

  @Override
  public void close() {
    rows.close();
  }
}
