package dev.partita.replication.microraft;

import dev.partita.replication.GroupLimits;
import io.microraft.model.log.LogEntry;
import java.util.ArrayList;
import java.util.List;

/// What a replica applies while it sends an image of its state. Without it a busy group's marks
/// would run away from every image, however fast it travels: when it has come, the entries behind
/// it would be forgotten already. Filled on the group's lane, emptied on the snapshot lane.
final class ImageTail {
  private final long startIndex;
  private final int startTerm;
  private List<LogEntry> entries = new ArrayList<>();
  private long bytes;
  private boolean spoiled;

  /// @param startIndex index of the last entry applied before
  /// @param startTerm its term
  ImageTail(long startIndex, int startTerm) {
    this.startIndex = startIndex;
    this.startTerm = startTerm;
  }

  /// An entry was applied.
  synchronized void add(LogEntry entry) {
    if (spoiled) {
      return;
    }
    bytes += EntriesCodec.size(entry);
    entries.add(entry);
    if (bytes > GroupLimits.MAX_SNAPSHOT_TAIL_BYTES) {
      spoil();
    }
  }

  /// The state jumped: what is noted from now on does not follow.
  synchronized void spoil() {
    spoiled = true;
    entries = List.of();
  }

  /// True once more came than is kept, or not everything; then it is of no use.
  synchronized boolean isSpoiled() {
    return spoiled;
  }

  /// The term of an entry applied since, or of the last before.
  synchronized int termAt(long index) {
    if (index == startIndex) {
      return startTerm;
    }
    return entries.get((int) (index - startIndex) - 1).getTerm();
  }

  /// Forgets what an image has already. To be called before the first {@link #take}.
  synchronized void startBehind(long index) {
    drop((int) (index - startIndex));
  }

  /// Takes the next entries, about one message full.
  synchronized List<LogEntry> take() {
    List<LogEntry> taken = List.copyOf(EntriesCodec.upTo(GroupLimits.APPEND_BATCH_BYTES, entries));
    drop(taken.size());
    return taken;
  }

  private void drop(int count) {
    for (LogEntry entry : entries.subList(0, count)) {
      bytes -= EntriesCodec.size(entry);
    }
    entries = new ArrayList<>(entries.subList(count, entries.size()));
  }
}
