package dev.partita.engine.log;

import java.nio.ByteBuffer;
import java.util.List;

/// What a segment begins with: its number, and the state of every group before its first operation.
/// Older segments are needed only for their live entries.
final class Checkpoint {

  private Checkpoint() {}

  static ByteBuffer body(long segment, LogState state) {
    List<LogOp.State> groups = state.groups().stream().map(GroupState::toOp).toList();
    int size = Long.BYTES;
    for (LogOp.State group : groups) {
      size += LogOpCodec.sizeOf(group);
    }
    ByteBuffer body = ByteBuffer.allocate(size).putLong(segment);
    groups.forEach(group -> LogOpCodec.encode(group, body));
    return body.flip();
  }
}
