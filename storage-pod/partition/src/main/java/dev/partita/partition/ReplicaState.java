package dev.partita.partition;

import dev.partita.model.codec.ByteReader;
import dev.partita.model.codec.ByteWriter;
import dev.partita.model.error.CorruptDataException;
import dev.partita.model.table.PartitionDescriptor;
import dev.partita.model.table.TableCodec;
import dev.partita.replication.Position;
import java.util.ArrayList;
import java.util.List;

/// What a replica knows beside its rows. Written in one batch with the rows that an entry changes,
/// so that whatever a crash leaves behind, rows and position belong together.
///
/// ```
/// u8   format version: 1, or 2 where local indexes are counted
/// u8   1 while the replica is being dropped, else 0
/// u64  log index        u64  epoch
/// u64  epoch of the turn   u64  next turn
/// u64  items            u64  bytes
/// u64  max delete timestamp   u64  clock floor   u64  sequence base
/// from version 2: varint number of indexes, then for each: u64 entries, u64 bytes
/// ...  encoded descriptor, to the end
/// ```
///
/// @param position last applied entry
/// @param turnEpoch epoch of the last entry that was applied in its turn
/// @param nextTurn turn that is next in that epoch
/// @param descriptor the range served, as the log has it
/// @param items number of items
/// @param bytes sum of their sizes in DynamoDB bytes
/// @param maxDeleteTimestamp hybrid timestamp of the latest delete, 0 if none
/// @param clockFloor highest hybrid timestamp applied, 0 if none
/// @param sequenceBase added to the log index to make sequence numbers
/// @param dropping whether rows may already be missing, because the replica is going
/// @param indexes what the local indexes hold, by number, up to the highest that ever had an entry
record ReplicaState(
    Position position,
    long turnEpoch,
    long nextTurn,
    PartitionDescriptor descriptor,
    long items,
    long bytes,
    long maxDeleteTimestamp,
    long clockFloor,
    long sequenceBase,
    boolean dropping,
    List<IndexSize> indexes) {

  private static final int PLAIN = 1;
  private static final int INDEXES = 2;
  private static final int EXPECTED_BYTES = 256;

  ReplicaState {
    indexes = List.copyOf(indexes);
  }

  /// Of a table without local indexes.
  ReplicaState(
      Position position,
      long turnEpoch,
      long nextTurn,
      PartitionDescriptor descriptor,
      long items,
      long bytes,
      long maxDeleteTimestamp,
      long clockFloor,
      long sequenceBase,
      boolean dropping) {
    this(
        position,
        turnEpoch,
        nextTurn,
        descriptor,
        items,
        bytes,
        maxDeleteTimestamp,
        clockFloor,
        sequenceBase,
        dropping,
        List.of());
  }

  static ReplicaState founding(PartitionDescriptor descriptor) {
    return new ReplicaState(Position.START, 0, 0, descriptor, 0, 0, 0, 0, 0, false);
  }

  /// The turn that an entry of `epoch` must have to be applied next.
  long turn(long epoch) {
    return epoch == turnEpoch ? nextTurn : 0;
  }

  ReplicaState at(Position next) {
    return new ReplicaState(
        next,
        turnEpoch,
        nextTurn,
        descriptor,
        items,
        bytes,
        maxDeleteTimestamp,
        clockFloor,
        sequenceBase,
        dropping,
        indexes);
  }

  ReplicaState toBeDropped() {
    return new ReplicaState(
        position,
        turnEpoch,
        nextTurn,
        descriptor,
        items,
        bytes,
        maxDeleteTimestamp,
        clockFloor,
        sequenceBase,
        true,
        indexes);
  }

  byte[] encode() {
    ByteWriter out = new ByteWriter(EXPECTED_BYTES);
    out.u8(indexes.isEmpty() ? PLAIN : INDEXES);
    out.bool(dropping);
    out.u64(position.index());
    out.u64(position.epoch());
    out.u64(turnEpoch);
    out.u64(nextTurn);
    out.u64(items);
    out.u64(bytes);
    out.u64(maxDeleteTimestamp);
    out.u64(clockFloor);
    out.u64(sequenceBase);
    if (!indexes.isEmpty()) {
      out.varint(indexes.size());
      for (IndexSize index : indexes) {
        out.u64(index.entries());
        out.u64(index.bytes());
      }
    }
    byte[] encoded = TableCodec.encode(descriptor);
    out.raw(encoded, 0, encoded.length);
    return out.toArray();
  }

  /// Throws {@link CorruptDataException} on anything that {@link #encode} does not write.
  static ReplicaState decode(byte[] encoded) {
    ByteReader in = new ByteReader(encoded);
    int format = in.u8();
    if (format < PLAIN || format > INDEXES) {
      throw new CorruptDataException("unknown format of a replica's state: " + format);
    }
    boolean dropping = in.bool();
    long index = in.u64();
    long epoch = in.u64();
    if (index < 0 || epoch < 0 || epoch > index) {
      throw new CorruptDataException("no position: index " + index + ", epoch " + epoch);
    }
    long turnEpoch = in.u64();
    long nextTurn = in.u64();
    long items = in.u64();
    long bytes = in.u64();
    long maxDeleteTimestamp = in.u64();
    long clockFloor = in.u64();
    long sequenceBase = in.u64();
    List<IndexSize> indexes = new ArrayList<>();
    for (int left = format >= INDEXES ? in.count() : 0; left > 0; left--) {
      indexes.add(new IndexSize(in.u64(), in.u64()));
    }
    byte[] descriptor =
        java.util.Arrays.copyOfRange(in.array(), in.position(), in.position() + in.remaining());
    return new ReplicaState(
        new Position(index, epoch),
        turnEpoch,
        nextTurn,
        TableCodec.decodeDescriptor(descriptor),
        items,
        bytes,
        maxDeleteTimestamp,
        clockFloor,
        sequenceBase,
        dropping,
        indexes);
  }
}
