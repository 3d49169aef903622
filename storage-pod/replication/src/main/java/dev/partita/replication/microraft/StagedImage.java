package dev.partita.replication.microraft;

import dev.partita.replication.Position;
import dev.partita.replication.StateMachine.SnapshotWriter;
import io.microraft.model.log.LogEntry;
import java.util.ArrayList;
import java.util.List;

/// A complete image that waits for its mark, and the entries that were applied behind it at its
/// source. Only on the group's lane.
final class StagedImage {
  private final SnapshotWriter writer;
  private final Position position;
  private final int term;
  private final List<LogEntry> tail = new ArrayList<>();
  private long tailBytes;

  /// @param term of the entry at `position`
  StagedImage(SnapshotWriter writer, Position position, int term) {
    this.writer = writer;
    this.position = position;
    this.term = term;
  }

  SnapshotWriter writer() {
    return writer;
  }

  Position position() {
    return position;
  }

  int term() {
    return term;
  }

  List<LogEntry> tail() {
    return tail;
  }

  long tailBytes() {
    return tailBytes;
  }

  /// The last index that image and tail reach together.
  long last() {
    return position.index() + tail.size();
  }

  /// Whether the entries follow what is there. (Those of one message have no gap.)
  boolean isContinuedBy(List<LogEntry> entries) {
    return entries.isEmpty() || entries.getFirst().getIndex() == last() + 1;
  }

  /// @throws IllegalStateException if they do not follow what is there
  void add(List<LogEntry> entries) {
    for (LogEntry entry : entries) {
      if (entry.getIndex() != last() + 1) {
        throw new IllegalStateException("entry " + entry.getIndex() + " behind " + last());
      }
      tail.add(entry);
      tailBytes += EntriesCodec.size(entry);
    }
  }
}
