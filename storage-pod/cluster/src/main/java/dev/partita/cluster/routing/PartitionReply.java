package dev.partita.cluster.routing;

import dev.partita.model.codec.ByteReader;
import dev.partita.model.codec.ByteWriter;
import dev.partita.model.error.CorruptDataException;
import dev.partita.partition.Reply;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a pod says about a request for one of its partitions.
///
/// ```
/// u8 0  the answer: outcome (CommandCodec) to the end
/// u8 1  not led here: string pod that may lead, empty if unknown
/// u8 2  the range is not served here any more
/// u8 3  no such partition here
/// ```
sealed interface PartitionReply<T> {

  record Answer<T>(T value) implements PartitionReply<T> {}

  /// @param leader pod that may lead; null if unknown
  record NotLeader<T>(@Nullable String leader) implements PartitionReply<T> {}

  /// The catalog must be asked anew.
  record WrongRange<T>() implements PartitionReply<T> {}

  /// The pod does not hold it, or does not hold it yet.
  record NotHere<T>() implements PartitionReply<T> {}

  static <T> PartitionReply<T> of(Reply<T> reply) {
    return switch (reply) {
      case Reply.Answer<T>(T value) -> new Answer<>(value);
      case Reply.NotLeader<T>(var leader) -> new NotLeader<>(leader == null ? null : leader.pod());
      case Reply.WrongRange<T> _ -> new WrongRange<>();
    };
  }

  /// @param outcome encodes an answer's value
  default byte[] encode(Function<T, byte[]> outcome) {
    ByteWriter out = new ByteWriter(64);
    switch (this) {
      case Answer<T>(T value) -> {
        byte[] encoded = outcome.apply(value);
        out = new ByteWriter(1 + encoded.length);
        out.u8(0);
        out.raw(encoded, 0, encoded.length);
      }
      case NotLeader<T>(String leader) -> {
        out.u8(1);
        out.string(leader == null ? "" : leader);
      }
      case WrongRange<T> _ -> out.u8(2);
      case NotHere<T> _ -> out.u8(3);
    }
    return out.toArray();
  }

  /// @param outcome decodes an answer's value
  /// @throws CorruptDataException for anything that {@link #encode} did not make
  static <T> PartitionReply<T> decode(byte[] body, Function<byte[], T> outcome) {
    ByteReader in = new ByteReader(body);
    int kind = in.u8();
    return switch (kind) {
      case 0 -> {
        byte[] rest = new byte[in.remaining()];
        System.arraycopy(in.array(), in.skip(rest.length), rest, 0, rest.length);
        yield new Answer<>(outcome.apply(rest));
      }
      case 1 -> {
        String leader = in.string();
        yield new NotLeader<>(leader.isEmpty() ? null : leader);
      }
      case 2 -> new WrongRange<>();
      case 3 -> new NotHere<>();
      default -> throw new CorruptDataException("partition reply of kind " + kind);
    };
  }
}
