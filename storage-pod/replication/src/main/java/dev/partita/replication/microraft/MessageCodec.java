package dev.partita.replication.microraft;

import dev.partita.replication.GroupLimits;
import dev.partita.replication.Position;
import dev.partita.replication.Replica;
import dev.partita.replication.microraft.PeerMessage.Fetch;
import dev.partita.replication.microraft.PeerMessage.Fetched;
import dev.partita.replication.microraft.PeerMessage.NoImage;
import dev.partita.replication.microraft.PeerMessage.Piece;
import dev.partita.replication.microraft.PeerMessage.Raft;
import dev.partita.replication.microraft.PeerMessage.Tail;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// The bytes of a message between two replicas of a group; all numbers big-endian.
///
/// ```
/// version u8 = 1 | kind u8 | to replica u64 | from replica u64 | content by kind | CRC-32C u32
/// ```
///
/// Consensus messages have the kinds below 16, see {@link RaftMessageCodec}; the others are
///
/// ```
/// 16 fetch     fetch u64 | at least u64 | piece u32
/// 17 piece     fetch u64 | piece u32 | index u64 | epoch u64 | term u32 | last u8 | length u32 | data
/// 18 no image  fetch u64
/// 19 fetched   fetch u64
/// 20 tail      fetch u64 | piece u32 | entries
/// ```
///
/// with entries as {@link EntriesCodec} writes them.
///
/// The sender's pod is known to the transport and not in the message; the receiver's id keeps
/// messages to a predecessor away from a replica that replaced it. The checksum covers everything
/// before it. Decoding is total: what is not exactly such a message is a {@link
/// MalformedMessageException}.
final class MessageCodec {
  static final byte VERSION = 1;
  private static final int HEADER_BYTES = 18;
  private static final int CHECKSUM_BYTES = 4;

  static final byte FETCH = 16;
  static final byte PIECE = 17;
  static final byte NO_IMAGE = 18;
  static final byte FETCHED = 19;
  static final byte TAIL = 20;

  /// @param to id of the replica it is for
  record Envelope(long to, Replica from, PeerMessage content) {}

  static byte[] encode(long to, long from, PeerMessage message) {
    return switch (message) {
      case Raft raft -> RaftMessageCodec.encode(to, from, raft.message());
      case Fetch fetch ->
          finish(
              start(FETCH, to, from, 20)
                  .putLong(fetch.fetch())
                  .putLong(fetch.atLeast())
                  .putInt(fetch.piece()));
      case Piece piece ->
          finish(
              start(PIECE, to, from, 37 + piece.data().length)
                  .putLong(piece.fetch())
                  .putInt(piece.piece())
                  .putLong(piece.position().index())
                  .putLong(piece.position().epoch())
                  .putInt(piece.term())
                  .put((byte) (piece.last() ? 1 : 0))
                  .putInt(piece.data().length)
                  .put(piece.data()));
      case Tail tail -> {
        ByteBuffer out =
            start(TAIL, to, from, 12 + EntriesCodec.size(tail.entries()))
                .putLong(tail.fetch())
                .putInt(tail.piece());
        EntriesCodec.write(tail.entries(), out);
        yield finish(out);
      }
      case Fetched fetched -> finish(start(FETCHED, to, from, 8).putLong(fetched.fetch()));
      case NoImage no -> finish(start(NO_IMAGE, to, from, 8).putLong(no.fetch()));
    };
  }

  /// A buffer that has the header and room for the content and the checksum.
  static ByteBuffer start(byte kind, long to, long from, int contentBytes) {
    return ByteBuffer.allocate(HEADER_BYTES + contentBytes + CHECKSUM_BYTES)
        .put(VERSION)
        .put(kind)
        .putLong(to)
        .putLong(from);
  }

  /// @param out made by {@link #start}, so that its array is the message
  @SuppressWarnings("ByteBufferBackingArray")
  static byte[] finish(ByteBuffer out) {
    byte[] bytes = out.array();
    out.putInt(checksum(bytes, out.position()));
    if (out.hasRemaining()) {
      throw new IllegalStateException(out.remaining() + " bytes of the message are not written");
    }
    return bytes;
  }

  /// @param fromPod whom the transport took it from
  /// @throws MalformedMessageException if it is not exactly one message
  static Envelope decode(String fromPod, byte[] bytes) {
    int length = bytes.length - CHECKSUM_BYTES;
    if (length < HEADER_BYTES || bytes.length > GroupLimits.MAX_MESSAGE_BYTES) {
      throw new MalformedMessageException("a message of " + bytes.length + " bytes");
    }
    if (ByteBuffer.wrap(bytes).getInt(length) != checksum(bytes, length)) {
      throw new MalformedMessageException("checksum");
    }
    WireReader in = new WireReader(bytes, length);
    byte version = in.int8();
    if (version != VERSION) {
      throw new MalformedMessageException("a message of version " + version);
    }
    byte kind = in.int8();
    long to = in.id();
    Replica from = new Replica(fromPod, in.id());
    PeerMessage content =
        switch (kind) {
          case FETCH -> new Fetch(in.int64(), in.index(), in.count());
          case PIECE -> piece(in);
          case NO_IMAGE -> new NoImage(in.int64());
          case FETCHED -> new Fetched(in.int64());
          case TAIL -> new Tail(in.int64(), in.count(), EntriesCodec.read(in));
          default -> new Raft(RaftMessageCodec.decode(kind, from, in));
        };
    in.end();
    return new Envelope(to, from, content);
  }

  private static Piece piece(WireReader in) {
    long fetch = in.int64();
    int piece = in.count();
    long index = in.index();
    long epoch = in.index();
    if (epoch > index) {
      throw new MalformedMessageException("epoch " + epoch + " behind index " + index);
    }
    int term = in.count();
    boolean last = in.bool();
    byte[] data = in.bytes(in.count());
    return new Piece(fetch, piece, new Position(index, epoch), term, last, data);
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }

  private MessageCodec() {}
}
