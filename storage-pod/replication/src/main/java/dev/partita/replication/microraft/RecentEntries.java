package dev.partita.replication.microraft;

import io.microraft.model.log.LogEntry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The last entries that were applied here, without a gap: what a follower needs that is a little
/// behind. The core forgets them with its next mark. All of them are committed, so none is ever
/// taken back. Thread-safe, because a replica may end on any thread.
final class RecentEntries {
  private static final int FIRST_CAPACITY = 16;

  private final int maxEntries;
  private final EntryBudget budget;

  /// The entry of an index lies at the index modulo the length.
  private @Nullable LogEntry[] ring;

  private long first = 1;
  private long last;
  private long bytes;
  private boolean closed;

  /// @param maxEntries how many are kept at most
  /// @param budget how many bytes are kept at most
  RecentEntries(int maxEntries, EntryBudget budget) {
    this.maxEntries = maxEntries;
    this.budget = budget;
    this.ring = new LogEntry[Math.min(FIRST_CAPACITY, maxEntries)];
    budget.joined();
  }

  /// An entry was applied, or is known to have been. What is here already is passed over; an entry
  /// that does not follow it makes a new beginning.
  synchronized void add(LogEntry entry) {
    long index = entry.getIndex();
    if (closed || (count() > 0 && index <= last)) {
      return;
    }
    if (index != last + 1) {
      clear();
      first = index;
      last = index - 1;
    }
    makeRoom();
    last = index;
    ring[slot(index)] = entry;
    grow(EntriesCodec.size(entry));
    while (count() > 1 && bytes > budget.allowance()) {
      dropFirst();
    }
  }

  private void makeRoom() {
    if (count() == maxEntries) {
      dropFirst();
    } else if (count() == ring.length) {
      @Nullable LogEntry[] old = ring;
      ring = new LogEntry[(int) Math.min(maxEntries, 2L * old.length)];
      for (long i = first; i <= last; i++) {
        ring[slot(i)] = old[(int) (i % old.length)];
      }
    }
  }

  private void dropFirst() {
    LogEntry dropped = at(first);
    ring[slot(first)] = null;
    first++;
    grow(-EntriesCodec.size(dropped));
  }

  private void grow(int by) {
    bytes += by;
    budget.grew(by);
  }

  private int slot(long index) {
    return (int) (index % ring.length);
  }

  private LogEntry at(long index) {
    LogEntry entry = ring[slot(index)];
    if (entry == null || entry.getIndex() != index) {
      throw new IllegalStateException("no entry " + index + " between " + first + " and " + last);
    }
    return entry;
  }

  synchronized int count() {
    return (int) (last - first + 1);
  }

  /// Whether what lies behind an index can be had from here, and the term at the index with it.
  synchronized boolean reachBackTo(long index) {
    return index == 0 ? first == 1 && count() > 0 : index >= first && index <= last;
  }

  /// @param index one that {@link #reachBackTo} names
  synchronized int termAt(long index) {
    return index == 0 ? 0 : at(index).getTerm();
  }

  /// The entries directly behind an index that {@link #reachBackTo} names.
  synchronized List<LogEntry> behind(long index, int max) {
    long to = Math.min(last, index + max);
    List<LogEntry> found = new ArrayList<>();
    for (long i = index + 1; i <= to; i++) {
      found.add(at(i));
    }
    return found;
  }

  private void clear() {
    while (count() > 0) {
      dropFirst();
    }
  }

  /// The replica has ended.
  synchronized void close() {
    if (!closed) {
      clear();
      closed = true;
      budget.left();
    }
  }
}
