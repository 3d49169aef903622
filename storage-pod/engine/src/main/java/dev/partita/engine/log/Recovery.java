package dev.partita.engine.log;

import dev.partita.engine.StorageException;
import dev.partita.engine.log.FrameReader.Found;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the whole log when it is opened, and repairs its end.
///
/// A frame is written only after the one before it was synced. So a power cut can only have damaged
/// the last frame: where a bad frame is followed, anywhere, by a good one of a higher sequence, the
/// disk has lost or changed what was synced, and the log refuses to open. Else the log ends before
/// the bad frame, and what is behind is overwritten with zeros before anything is appended.
final class Recovery {

  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  private final LogDisk disk;
  private final int segmentBytes;
  private final List<FrameReader> readers = new ArrayList<>();
  private final List<Segment> segments = new ArrayList<>();

  private final LogState state = new LogState();
  private final RecoveredEntries entries = new RecoveredEntries();
  private boolean founded;
  private long logId;
  private long nextSequence = 1;

  /// @param used oldest first; empty for a new log
  /// @param endOffset where the next frame goes in the last of `used`
  /// @param spares empty files, following on the last used one
  record Recovered(
      LogState state,
      RecoveredEntries entries,
      boolean founded,
      long logId,
      long nextSequence,
      Deque<Segment> used,
      long endOffset,
      Deque<Segment> spares) {}

  /// @param segmentBytes size of a file that is ready to be written
  Recovery(LogDisk disk, int segmentBytes) {
    this.disk = disk;
    this.segmentBytes = segmentBytes;
  }

  Recovered run() throws IOException {
    boolean done = false;
    try {
      openSegments();
      Recovered recovered = readAll();
      done = true;
      return recovered;
    } finally {
      if (!done) {
        for (Segment segment : segments) {
          segment.file().close();
        }
      }
    }
  }

  private void openSegments() throws IOException {
    List<Long> numbers =
        disk.list().stream()
            .map(Segment::numberOf)
            .filter(OptionalLong::isPresent)
            .map(OptionalLong::getAsLong)
            .sorted()
            .toList();
    for (long number : numbers) {
      LogFile file = disk.open(Segment.nameOf(number));
      segments.add(new Segment(number, file));
      readers.add(new FrameReader(file));
    }
    while (!segments.isEmpty() && isHalfPrepared(segments.size() - 1)) {
      LogFile file = segments.removeLast().file();
      readers.removeLast();
      LOG.warn("delete {}, whose preparation was interrupted", disk.locate(file.name()));
      file.close();
      disk.delete(file.name());
    }
  }

  /// Whether the process may have died while it filled the file with zeros. The writer would run
  /// out of such a file into space that is not allocated.
  private boolean isHalfPrepared(int index) throws IOException {
    FrameReader reader = readers.get(index);
    return reader.size() != segmentBytes && reader.firstNonZero(0) == reader.size();
  }

  private Recovered readAll() throws IOException {
    int used = 0;
    long end = 0;
    while (used < segments.size()) {
      long reached = readSegment(used, end);
      if (reached == 0) {
        break;
      }
      end = reached;
      used++;
      FrameReader reader = readers.get(used - 1);
      if (reader.firstNonZero(end) < reader.size()) {
        break;
      }
    }
    refuseGoodFramesBehind(used, end);
    checkComplete(used);
    if (used > 0) {
      erase(used - 1, end);
      // The last frame may have been written by a process that died before its sync.
      segments.get(used - 1).file().sync();
    }
    Deque<Segment> spares = new ArrayDeque<>();
    for (int i = used; i < segments.size(); i++) {
      spares.add(spare(i));
    }
    return new Recovered(
        state,
        entries,
        founded,
        logId,
        nextSequence,
        new ArrayDeque<>(segments.subList(0, used)),
        end,
        spares);
  }

  /// Reads frames up to the first that is not good.
  ///
  /// @param endBefore where the segment before ended
  /// @return offset behind the last good frame; 0 if there is none
  private long readSegment(int index, long endBefore) throws IOException {
    long offset = 0;
    while (readers.get(index).read(offset)
        instanceof Found.Good(Frame.Header header, ByteBuffer body, long next)) {
      if (founded && header.logId() != logId) {
        throw corrupt(index, offset, "a frame of another log");
      }
      if (offset == 0
          && index > 0
          && segments.get(index).number() != segments.get(index - 1).number() + 1) {
        throw corrupt(index, 0, "the segment before is missing");
      }
      if (founded && header.sequence() != nextSequence) {
        String what = "frame " + nextSequence + " is missing, " + header.sequence() + " is there";
        throw offset == 0 ? corrupt(index - 1, endBefore, what) : corrupt(index, offset, what);
      }
      byte expected = offset == 0 ? Frame.CHECKPOINT : Frame.OPERATIONS;
      if (header.kind() != expected) {
        throw corrupt(index, offset, "a frame of kind " + header.kind());
      }
      take(index, offset, header, body);
      nextSequence = header.sequence() + 1;
      offset = next;
    }
    return offset;
  }

  private void take(int index, long offset, Frame.Header header, ByteBuffer body) {
    long number = segments.get(index).number();
    try {
      if (header.kind() == Frame.OPERATIONS) {
        apply(body, number);
        return;
      }
      if (body.remaining() < Long.BYTES || body.getLong(0) != number) {
        throw corrupt(index, offset, "the checkpoint of another segment");
      }
      if (!founded) {
        founded = true;
        logId = header.logId();
        apply(body.position(Long.BYTES), number);
      } else if (!body.equals(Checkpoint.body(number, state))) {
        throw corrupt(index, offset, "a checkpoint that does not follow from what is before it");
      }
    } catch (LogOpCodec.MalformedOpException | LogState.IllegalOpException e) {
      throw corrupt(index, offset, String.valueOf(e.getMessage()));
    }
  }

  private void apply(ByteBuffer body, long segment) throws LogOpCodec.MalformedOpException {
    while (body.hasRemaining()) {
      LogOp op = LogOpCodec.decode(body);
      state.apply(op, segment);
      entries.apply(op);
    }
  }

  /// @param used number of segments that were read; the last one up to `end`
  private void refuseGoodFramesBehind(int used, long end) throws IOException {
    boolean tailIsClean =
        used > 0 && readers.get(used - 1).firstNonZero(end) == readers.get(used - 1).size();
    int bad = tailIsClean ? used : Math.max(0, used - 1);
    long badOffset = tailIsClean ? 0 : end;
    for (int i = bad; i < segments.size(); i++) {
      long start = i == used - 1 ? end : 0;
      long good = readers.get(i).findGood(start, founded ? nextSequence : 0, logId, !founded);
      if (good >= 0) {
        String where =
            "a frame that was synced is damaged (a later one is good: offset "
                + good
                + " of "
                + segments.get(i).file().name()
                + ")";
        throw corrupt(bad, badOffset, where);
      }
    }
  }

  private void checkComplete(int used) {
    for (GroupState group : state.groups()) {
      if (!group.extents.covers(group.baseIndex + 1, group.lastIndex)) {
        throw corrupt(
            Math.max(0, used - 1),
            0,
            "entries of group "
                + group.id
                + " are missing between "
                + group.baseIndex
                + " and "
                + group.lastIndex);
      }
    }
  }

  /// Overwrites what is behind `from` with zeros, durably, if it is anything else.
  private void erase(int index, long from) throws IOException {
    FrameReader reader = readers.get(index);
    long dirty = reader.firstNonZero(from);
    if (dirty == reader.size()) {
      return;
    }
    LogFile file = segments.get(index).file();
    LOG.warn("cut a torn frame off {} at offset {}", disk.locate(file.name()), from);
    ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(1 << 20, reader.size() - from));
    for (long at = from; at < reader.size(); at += zeros.limit()) {
      zeros.clear().limit((int) Math.min(zeros.capacity(), reader.size() - at));
      file.write(zeros, at);
      zeros.rewind();
    }
    file.sync();
  }

  private Segment spare(int index) throws IOException {
    Segment segment = segments.get(index);
    if (index > 0 && segment.number() != segments.get(index - 1).number() + 1) {
      // A file is made only when the one before it is durable.
      throw corrupt(index, 0, "the segment before is missing");
    }
    erase(index, 0);
    return segment;
  }

  private StorageException corrupt(int index, long offset, String what) {
    return new CorruptLogException(disk.locate(segments.get(index).file().name()), offset, what);
  }
}
