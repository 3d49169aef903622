package dev.partita.cluster.routing;

import dev.partita.model.codec.ByteReader;
import dev.partita.model.codec.ByteWriter;
import dev.partita.model.command.CommandCodec;
import dev.partita.model.command.PageCodec;
import dev.partita.model.command.PageRead;
import dev.partita.model.command.WriteCommand;
import dev.partita.model.key.PrimaryKey;

/// Bytes of what is asked of a partition on another pod.
///
/// ```
/// write:  u64 partition id | command (CommandCodec)
/// read:   u64 partition id | u8 consistent | key (CommandCodec)
/// page:   u64 partition id | u8 consistent | read (PageCodec)
/// ```
final class PartitionRequests {
  /// @param partitionId partition that is meant
  record Write(long partitionId, WriteCommand command) {}

  /// @param partitionId partition that is meant
  record Read(long partitionId, PrimaryKey key, boolean consistent) {}

  /// @param partitionId partition that is meant
  record Page(long partitionId, PageRead read, boolean consistent) {}

  private PartitionRequests() {}

  static byte[] write(long partitionId, WriteCommand command) {
    byte[] encoded = CommandCodec.encode(command);
    ByteWriter out = new ByteWriter(Long.BYTES + encoded.length);
    out.u64(partitionId);
    out.raw(encoded, 0, encoded.length);
    return out.toArray();
  }

  static Write decodeWrite(byte[] body) {
    ByteReader in = new ByteReader(body);
    return new Write(in.u64(), CommandCodec.decodeWriteCommand(rest(in)));
  }

  static byte[] read(long partitionId, PrimaryKey key, boolean consistent) {
    return reading(partitionId, consistent, CommandCodec.encode(key));
  }

  static byte[] page(long partitionId, PageRead read, boolean consistent) {
    return reading(partitionId, consistent, PageCodec.encode(read));
  }

  private static byte[] reading(long partitionId, boolean consistent, byte[] what) {
    ByteWriter out = new ByteWriter(Long.BYTES + 1 + what.length);
    out.u64(partitionId);
    out.bool(consistent);
    out.raw(what, 0, what.length);
    return out.toArray();
  }

  static Page decodePage(byte[] body) {
    ByteReader in = new ByteReader(body);
    long id = in.u64();
    boolean consistent = in.bool();
    return new Page(id, PageCodec.decodeRead(rest(in)), consistent);
  }

  static Read decodeRead(byte[] body) {
    ByteReader in = new ByteReader(body);
    long id = in.u64();
    boolean consistent = in.bool();
    return new Read(id, CommandCodec.decodePrimaryKey(rest(in)), consistent);
  }

  private static byte[] rest(ByteReader in) {
    byte[] rest = new byte[in.remaining()];
    System.arraycopy(in.array(), in.skip(rest.length), rest, 0, rest.length);
    return rest;
  }
}
