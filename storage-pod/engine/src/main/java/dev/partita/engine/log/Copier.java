package dev.partita.engine.log;

import dev.partita.engine.log.Extents.Extent;
import dev.partita.engine.log.FrameReader.Found;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads the few live entries of the oldest segment again, so that the writer can repeat them and
/// drop the segment. A group that nobody writes to would hold it for ever.
final class Copier {

  /// @param live runs of indexes by group
  record Request(Segment segment, Map<Long, List<Extent>> live) {}

  private final LogDisk disk;

  Copier(LogDisk disk) {
    this.disk = disk;
  }

  /// @param maxBytes that may be copied: more is not worth it
  /// @return the live entries, or null if they are too many bytes
  @Nullable List<LogOp> read(Request request, long maxBytes) throws IOException {
    // The last occurrence of an index is the live one: entries before it were truncated.
    Map<Long, NavigableMap<Long, LogOp>> found = new HashMap<>();
    FrameReader reader = new FrameReader(request.segment().file());
    long offset = 0;
    while (reader.read(offset)
        instanceof Found.Good(Frame.Header header, ByteBuffer body, long end)) {
      if (header.kind() == Frame.OPERATIONS) {
        collect(request, offset, body, found);
      }
      offset = end;
    }
    List<LogOp> copies = new ArrayList<>();
    long bytes = 0;
    for (NavigableMap<Long, LogOp> group : found.values()) {
      for (LogOp copy : group.values()) {
        bytes += LogOpCodec.sizeOf(copy);
        copies.add(copy);
      }
    }
    requireAll(request, offset, copies.size());
    return bytes <= maxBytes ? copies : null;
  }

  private void collect(
      Request request, long offset, ByteBuffer body, Map<Long, NavigableMap<Long, LogOp>> found) {
    while (body.hasRemaining()) {
      LogOp op;
      try {
        op = LogOpCodec.decode(body);
      } catch (LogOpCodec.MalformedOpException e) {
        throw corrupt(request, offset, String.valueOf(e.getMessage()));
      }
      LogOp.@Nullable Copy copy =
          switch (op) {
            case LogOp.Entry(long group, var entry) -> new LogOp.Copy(group, entry);
            case LogOp.Copy repeated -> repeated;
            case LogOp.Truncate _,
                LogOp.Vote _,
                LogOp.Committed _,
                LogOp.Reset _,
                LogOp.Cut _,
                LogOp.Created _,
                LogOp.Removed _,
                LogOp.State _ ->
                null;
          };
      if (copy != null && isLive(request, copy)) {
        found.computeIfAbsent(copy.group(), _ -> new TreeMap<>()).put(copy.entry().index(), copy);
      }
    }
  }

  private static boolean isLive(Request request, LogOp.Copy copy) {
    long index = copy.entry().index();
    for (Extent extent : request.live().getOrDefault(copy.group(), List.of())) {
      if (extent.first() <= index && index <= extent.last()) {
        return true;
      }
    }
    return false;
  }

  private void requireAll(Request request, long offset, int copies) {
    long wanted = 0;
    for (List<Extent> extents : request.live().values()) {
      for (Extent extent : extents) {
        wanted += extent.last() - extent.first() + 1;
      }
    }
    if (copies != wanted) {
      throw corrupt(request, offset, "only " + copies + " of " + wanted + " entries can be read");
    }
  }

  private CorruptLogException corrupt(Request request, long offset, String what) {
    return new CorruptLogException(disk.locate(request.segment().file().name()), offset, what);
  }
}
