package dev.partita.engine.log;

import dev.partita.replication.LogStore.LogRecord;
import dev.partita.replication.Replica;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Bytes of one {@link LogOp}; integers are big-endian.
///
/// ```
/// op        = type u8 | group u64 | fields
///  1 ENTRY     index u64 | term u64 | kind u8 | body
///  2 TRUNCATE  index u64
///  3 VOTE      term u64 | vote
///  4 COMMITTED index u64
///  5 RESET     index u64 | term u64 | membership
///  6 CUT       index u64 | term u64 | membership
///  7 CREATED   self | founders
///  8 REMOVED
///  9 STATE     self | founders | term u64 | vote | membership
///              | baseIndex u64 | baseTerm u64 | committed u64 | lastIndex u64
/// 10 COPY      as ENTRY
/// body, membership = length u32 | octets
/// replica   = length u16 | UTF-8 pod name | id u64
/// vote      = 0 u8, or 1 u8 | replica
/// founders  = count u16 | replica…
/// ```
///
/// Types are never used again for something else.
final class LogOpCodec {

  private static final byte ENTRY = 1;
  private static final byte TRUNCATE = 2;
  private static final byte VOTE = 3;
  private static final byte COMMITTED = 4;
  private static final byte RESET = 5;
  private static final byte CUT = 6;
  private static final byte CREATED = 7;
  private static final byte REMOVED = 8;
  private static final byte STATE = 9;
  private static final byte COPY = 10;

  private static final int PREFIX_BYTES = 1 + Long.BYTES;
  private static final int ENTRY_BYTES = PREFIX_BYTES + 2 * Long.BYTES + 1 + Integer.BYTES;

  private LogOpCodec() {}

  /// The bytes do not form an operation.
  static final class MalformedOpException extends Exception {
    MalformedOpException(String message) {
      super(message);
    }
  }

  /// Exact length of the encoding, in bytes.
  static int sizeOf(LogOp op) {
    return switch (op) {
      case LogOp.Entry(_, LogRecord entry) -> ENTRY_BYTES + entry.body().length;
      case LogOp.Copy(_, LogRecord entry) -> ENTRY_BYTES + entry.body().length;
      case LogOp.Truncate _, LogOp.Committed _ -> PREFIX_BYTES + Long.BYTES;
      case LogOp.Vote vote -> PREFIX_BYTES + Long.BYTES + sizeOfVote(vote.votedFor());
      case LogOp.Reset reset -> sizeOfMark(reset.membership());
      case LogOp.Cut cut -> sizeOfMark(cut.membership());
      case LogOp.Created created ->
          PREFIX_BYTES + sizeOf(created.self()) + sizeOf(created.founders());
      case LogOp.Removed _ -> PREFIX_BYTES;
      case LogOp.State state ->
          PREFIX_BYTES
              + sizeOf(state.self())
              + sizeOf(state.founders())
              + sizeOfVote(state.votedFor())
              + Integer.BYTES
              + state.membership().length
              + 5 * Long.BYTES;
    };
  }

  static void encode(LogOp op, ByteBuffer out) {
    switch (op) {
      case LogOp.Entry(long group, LogRecord entry) -> entry(out, ENTRY, group, entry);
      case LogOp.Copy(long group, LogRecord entry) -> entry(out, COPY, group, entry);
      case LogOp.Truncate(long group, long index) ->
          out.put(TRUNCATE).putLong(group).putLong(index);
      case LogOp.Vote(long group, long term, @Nullable Replica votedFor) -> {
        out.put(VOTE).putLong(group).putLong(term);
        vote(out, votedFor);
      }
      case LogOp.Committed(long group, long index) ->
          out.put(COMMITTED).putLong(group).putLong(index);
      case LogOp.Reset(long group, long index, long term, byte[] membership) -> {
        out.put(RESET).putLong(group).putLong(index).putLong(term);
        octets(out, membership);
      }
      case LogOp.Cut(long group, long index, long term, byte[] membership) -> {
        out.put(CUT).putLong(group).putLong(index).putLong(term);
        octets(out, membership);
      }
      case LogOp.Created(long group, Replica self, List<Replica> founders) -> {
        out.put(CREATED).putLong(group);
        replica(out, self);
        replicas(out, founders);
      }
      case LogOp.Removed(long group) -> out.put(REMOVED).putLong(group);
      case LogOp.State state -> {
        out.put(STATE).putLong(state.group());
        replica(out, state.self());
        replicas(out, state.founders());
        out.putLong(state.term());
        vote(out, state.votedFor());
        octets(out, state.membership());
        out.putLong(state.baseIndex()).putLong(state.baseTerm());
        out.putLong(state.committed()).putLong(state.lastIndex());
      }
    }
  }

  static LogOp decode(ByteBuffer in) throws MalformedOpException {
    try {
      byte type = in.get();
      long group = in.getLong();
      return switch (type) {
        case ENTRY -> new LogOp.Entry(group, entry(in));
        case TRUNCATE -> new LogOp.Truncate(group, in.getLong());
        case VOTE -> new LogOp.Vote(group, in.getLong(), vote(in));
        case COMMITTED -> new LogOp.Committed(group, in.getLong());
        case RESET -> new LogOp.Reset(group, in.getLong(), in.getLong(), octets(in));
        case CUT -> new LogOp.Cut(group, in.getLong(), in.getLong(), octets(in));
        case CREATED -> new LogOp.Created(group, replica(in), replicas(in));
        case REMOVED -> new LogOp.Removed(group);
        case STATE -> state(group, in);
        case COPY -> new LogOp.Copy(group, entry(in));
        default -> throw new MalformedOpException("unknown operation " + type);
      };
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw new MalformedOpException("unreadable operation: " + e);
    }
  }

  private static LogOp.State state(long group, ByteBuffer in) throws MalformedOpException {
    Replica self = replica(in);
    List<Replica> founders = replicas(in);
    long term = in.getLong();
    Replica votedFor = vote(in);
    byte[] membership = octets(in);
    return new LogOp.State(
        group,
        self,
        founders,
        term,
        votedFor,
        membership,
        in.getLong(),
        in.getLong(),
        in.getLong(),
        in.getLong());
  }

  private static void entry(ByteBuffer out, byte type, long group, LogRecord entry) {
    out.put(type).putLong(group).putLong(entry.index()).putLong(entry.term()).put(entry.kind());
    octets(out, entry.body());
  }

  private static LogRecord entry(ByteBuffer in) throws MalformedOpException {
    return new LogRecord(in.getLong(), in.getLong(), in.get(), octets(in));
  }

  private static int sizeOfMark(byte[] membership) {
    return PREFIX_BYTES + 2 * Long.BYTES + Integer.BYTES + membership.length;
  }

  private static void octets(ByteBuffer out, byte[] octets) {
    out.putInt(octets.length).put(octets);
  }

  private static byte[] octets(ByteBuffer in) throws MalformedOpException {
    int length = in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw new MalformedOpException("length " + length + " of " + in.remaining());
    }
    byte[] octets = new byte[length];
    in.get(octets);
    return octets;
  }

  private static int sizeOf(Replica replica) {
    return Short.BYTES + replica.pod().getBytes(StandardCharsets.UTF_8).length + Long.BYTES;
  }

  private static void replica(ByteBuffer out, Replica replica) {
    byte[] pod = replica.pod().getBytes(StandardCharsets.UTF_8);
    out.putShort((short) pod.length).put(pod).putLong(replica.id());
  }

  private static Replica replica(ByteBuffer in) throws MalformedOpException {
    int length = Short.toUnsignedInt(in.getShort());
    if (length > in.remaining()) {
      throw new MalformedOpException("pod name of " + length + " bytes");
    }
    byte[] pod = new byte[length];
    in.get(pod);
    return new Replica(new String(pod, StandardCharsets.UTF_8), in.getLong());
  }

  private static int sizeOfVote(@Nullable Replica votedFor) {
    return 1 + (votedFor == null ? 0 : sizeOf(votedFor));
  }

  private static void vote(ByteBuffer out, @Nullable Replica votedFor) {
    if (votedFor == null) {
      out.put((byte) 0);
    } else {
      out.put((byte) 1);
      replica(out, votedFor);
    }
  }

  private static @Nullable Replica vote(ByteBuffer in) throws MalformedOpException {
    byte flag = in.get();
    return switch (flag) {
      case 0 -> null;
      case 1 -> replica(in);
      default -> throw new MalformedOpException("vote flag " + flag);
    };
  }

  private static int sizeOf(List<Replica> replicas) {
    int size = Short.BYTES;
    for (Replica replica : replicas) {
      size += sizeOf(replica);
    }
    return size;
  }

  private static void replicas(ByteBuffer out, List<Replica> replicas) {
    out.putShort((short) replicas.size());
    replicas.forEach(replica -> replica(out, replica));
  }

  private static List<Replica> replicas(ByteBuffer in) throws MalformedOpException {
    int count = Short.toUnsignedInt(in.getShort());
    List<Replica> replicas = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      replicas.add(replica(in));
    }
    return List.copyOf(replicas);
  }
}
