package dev.partita.engine.log;

import dev.partita.engine.StorageException;
import dev.partita.engine.log.Extents.Extent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Puts operations into frames and frames into segments, one after the other, each synced before
/// the next. Knows what is live where, and hands over segments that hold nothing live. Used by one
/// thread.
final class LogWriter {

  /// A write buffer that grew for a long entry is not kept if it is longer, in bytes.
  private static final int KEPT_BUFFER_BYTES = 2 << 20;

  private final LogOptions options;
  private final SegmentKeeper keeper;
  private final LogState state;
  private final long logId;
  private final Deque<Segment> used;
  private volatile Segment active;
  private long activeBytes;
  private long offset;
  private long sequence;
  private ByteBuffer buffer = ByteBuffer.allocateDirect(64 << 10);
  private final LongAdder writtenBytes = new LongAdder();
  private final LongAdder frames = new LongAdder();
  private volatile long oldestNumber;
  private boolean released;

  /// @param used oldest first; the last is written on from `offset`; empty for a new log
  LogWriter(
      LogOptions options,
      SegmentKeeper keeper,
      LogState state,
      long logId,
      Deque<Segment> used,
      long offset,
      long sequence)
      throws IOException {
    this.options = options;
    this.keeper = keeper;
    this.state = state;
    this.logId = logId;
    this.used = new ArrayDeque<>(used);
    this.sequence = sequence;
    if (used.isEmpty()) {
      active = roll();
    } else {
      active = used.getLast();
      activeBytes = active.file().size();
      this.offset = offset;
    }
    oldestNumber = this.used.getFirst().number();
  }

  /// Writes the operations, in order, durably.
  void write(List<LogOp> ops) throws IOException {
    int from = 0;
    while (from < ops.size()) {
      int size = Frame.HEADER_BYTES + LogOpCodec.sizeOf(ops.get(from));
      int to = from + 1;
      while (to < ops.size() && size < options.frameTargetBytes()) {
        size += LogOpCodec.sizeOf(ops.get(to++));
      }
      writeFrame(ops.subList(from, to), size);
      from = to;
    }
    if (released) {
      released = false;
      discardUnused();
    }
  }

  /// @param size of the frame, in bytes, at most
  private void writeFrame(List<LogOp> ops, int size) throws IOException {
    if (offset + size > activeBytes) {
      active = roll();
    }
    ByteBuffer frame = buffer(size);
    for (LogOp op : ops) {
      LogOp resolved = resolve(op);
      if (resolved != null) {
        state.apply(resolved, active.number());
        released |= releases(resolved);
        LogOpCodec.encode(resolved, frame);
      }
    }
    if (frame.position() > Frame.HEADER_BYTES) {
      append(frame, Frame.OPERATIONS);
    }
    if (buffer.capacity() > KEPT_BUFFER_BYTES) {
      buffer = ByteBuffer.allocateDirect(KEPT_BUFFER_BYTES);
    }
  }

  /// Whether the operation may leave a segment without live entries.
  private static boolean releases(LogOp op) {
    return switch (op) {
      case LogOp.Cut _, LogOp.Copy _, LogOp.Reset _, LogOp.Removed _, LogOp.Truncate _ -> true;
      case LogOp.Entry _, LogOp.Vote _, LogOp.Committed _, LogOp.Created _, LogOp.State _ -> false;
    };
  }

  /// Looks up what only the written state knows; null for an operation that has become void.
  private @Nullable LogOp resolve(LogOp op) {
    return switch (op) {
      case LogOp.Cut cut -> {
        GroupState group = state.find(cut.group());
        if (group == null || cut.index() <= group.baseIndex) {
          yield null;
        }
        Extent extent = group.extents.find(cut.index());
        if (extent == null) {
          throw new LogState.IllegalOpException("cut of an entry that is not there: " + cut);
        }
        yield new LogOp.Cut(cut.group(), cut.index(), extent.term(), cut.membership());
      }
      case LogOp.Copy copy -> {
        GroupState group = state.find(copy.group());
        Extent extent = group == null ? null : group.extents.find(copy.entry().index());
        yield extent != null && extent.segment() == oldest().number() ? copy : null;
      }
      case LogOp.Entry _,
          LogOp.Truncate _,
          LogOp.Vote _,
          LogOp.Committed _,
          LogOp.Reset _,
          LogOp.Created _,
          LogOp.Removed _,
          LogOp.State _ ->
          op;
    };
  }

  private Segment roll() throws IOException {
    Segment next = keeper.take();
    ByteBuffer body = Checkpoint.body(next.number(), state);
    if (body.remaining() > options.maxCheckpointBytes()) {
      throw new StorageException(
          "too many groups for a log with segments of " + options.segmentBytes() + " bytes");
    }
    active = next;
    activeBytes = next.file().size();
    offset = 0;
    used.add(next);
    append(buffer(Frame.HEADER_BYTES + body.remaining()).put(body), Frame.CHECKPOINT);
    return next;
  }

  private ByteBuffer buffer(int size) {
    if (buffer.capacity() < size) {
      buffer = ByteBuffer.allocateDirect(Math.max(size, 2 * buffer.capacity()));
    }
    return buffer.clear().position(Frame.HEADER_BYTES);
  }

  private void append(ByteBuffer frame, byte kind) throws IOException {
    Frame.seal(frame, kind, logId, sequence);
    int length = frame.remaining();
    active.file().write(frame, offset);
    active.file().sync();
    offset += length;
    sequence++;
    writtenBytes.add(length);
    frames.increment();
  }

  private void discardUnused() {
    while (used.size() > 1 && !state.touches(oldest().number())) {
      Segment unused = used.removeFirst();
      oldestNumber = oldest().number();
      keeper.discard(unused);
    }
  }

  /// What is live in the oldest segment, if it should be copied forward; else null.
  Copier.@Nullable Request toBeCopied() {
    if (used.size() <= options.copyBeyondSegments()) {
      return null;
    }
    Map<Long, List<Extent>> live = new HashMap<>();
    for (GroupState group : state.groups()) {
      List<Extent> extents = group.extents.in(oldest().number());
      if (!extents.isEmpty()) {
        live.put(group.id, extents);
      }
    }
    return new Copier.Request(oldest(), live);
  }

  /// Number of the oldest segment that is not discarded. Any thread may ask.
  long oldestNumber() {
    return oldestNumber;
  }

  long activeNumber() {
    return active.number();
  }

  private Segment oldest() {
    return used.getFirst();
  }

  /// Bytes of all frames since the log was opened. Any thread may ask.
  long writtenBytes() {
    return writtenBytes.sum();
  }

  /// Frames, which is syncs, since the log was opened. Any thread may ask.
  long frames() {
    return frames.sum();
  }

  void close() throws IOException {
    for (Segment segment : used) {
      segment.file().close();
    }
  }
}
