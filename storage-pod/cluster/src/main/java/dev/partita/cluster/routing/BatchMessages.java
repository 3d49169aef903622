package dev.partita.cluster.routing;

import dev.partita.model.codec.ByteReader;
import dev.partita.model.codec.ByteWriter;
import dev.partita.model.command.CommandCodec;
import dev.partita.model.command.WriteCommand;
import dev.partita.model.key.PrimaryKey;
import dev.partita.model.value.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Bytes of what is asked for several items of one partition on another pod, and of the answers to
/// it.
///
/// ```
/// writes:  u64 partition id | list(bytes: command (CommandCodec))
/// reads:   u64 partition id | u8 consistent | list(bytes: key (CommandCodec))
/// answers: list(bytes: partition reply), one for each in the order asked
/// list(x) = varint count, x*      bytes = varint length, octets
/// ```
final class BatchMessages {
  private static final int EXPECTED_BYTES = 512;

  /// @param partitionId partition that is meant
  record Writes(long partitionId, List<WriteCommand> commands) {}

  /// @param partitionId partition that is meant
  record Reads(long partitionId, List<PrimaryKey> keys, boolean consistent) {}

  private BatchMessages() {}

  static byte[] writes(long partitionId, List<WriteCommand> commands) {
    ByteWriter out = new ByteWriter(EXPECTED_BYTES);
    out.u64(partitionId);
    writeAll(commands, CommandCodec::encode, out);
    return out.toArray();
  }

  static Writes decodeWrites(byte[] body) {
    ByteReader in = new ByteReader(body);
    long id = in.u64();
    return new Writes(id, readAll(in, CommandCodec::decodeWriteCommand));
  }

  static byte[] reads(long partitionId, List<PrimaryKey> keys, boolean consistent) {
    ByteWriter out = new ByteWriter(EXPECTED_BYTES);
    out.u64(partitionId);
    out.bool(consistent);
    writeAll(keys, CommandCodec::encode, out);
    return out.toArray();
  }

  static Reads decodeReads(byte[] body) {
    ByteReader in = new ByteReader(body);
    long id = in.u64();
    boolean consistent = in.bool();
    return new Reads(id, readAll(in, CommandCodec::decodePrimaryKey), consistent);
  }

  /// @param outcome encodes the value of an answer
  static <T> byte[] replies(List<PartitionReply<T>> replies, Function<T, byte[]> outcome) {
    ByteWriter out = new ByteWriter(EXPECTED_BYTES);
    writeAll(replies, reply -> reply.encode(outcome), out);
    return out.toArray();
  }

  /// @param outcome decodes the value of an answer
  static <T> List<PartitionReply<T>> decodeReplies(byte[] body, Function<byte[], T> outcome) {
    return readAll(new ByteReader(body), reply -> PartitionReply.decode(reply, outcome));
  }

  private static <T> void writeAll(List<T> values, Function<T, byte[]> encode, ByteWriter out) {
    out.varint(values.size());
    for (T value : values) {
      out.bytes(Bytes.wrap(encode.apply(value)));
    }
  }

  private static <T> List<T> readAll(ByteReader in, Function<byte[], T> decode) {
    int count = in.count();
    List<T> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(decode.apply(in.bytes().toArray()));
    }
    in.done();
    return values;
  }
}
