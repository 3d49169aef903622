package dev.partita.replication.microraft;

import io.microraft.model.log.LogEntry;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Has the core take a mark before the entries behind its last one are too large. The core counts
/// entries only; a few hundred with large items would fill the heap, and the next start would read
/// all of them back.
///
/// Every replica watches for itself, since every core takes marks of its own. Not every place is
/// fit for a mark, see {@link MarkPlaces}: then the next one is tried, which is a few entries away
/// at most. On the group's lane, except {@link #close}.
final class EarlyMarks implements CoreMachine.MarkWatch {
  private final EntryBudget budget;
  private final Consumer<Runnable> lane;
  private final Predicate<MarkPlaces> mayMark;
  private final MarkPlaces places;
  private final Runnable takeMark;

  private long bytes;
  private boolean asked;
  private boolean closed;

  /// @param budget how many bytes of applied entries may lie behind the last mark
  /// @param lane runs tasks after the present one
  /// @param mayMark whether the last applied entry is fit for a mark now
  /// @param takeMark lets the core take a mark there, before it returns
  EarlyMarks(
      EntryBudget budget,
      Consumer<Runnable> lane,
      Predicate<MarkPlaces> mayMark,
      MarkPlaces places,
      Runnable takeMark) {
    this.budget = budget;
    this.lane = lane;
    this.mayMark = mayMark;
    this.places = places;
    this.takeMark = takeMark;
    budget.joined();
  }

  @Override
  public void applied(LogEntry entry) {
    if (grewTooLarge(EntriesCodec.size(entry)) && !asked) {
      asked = true;
      lane.accept(this::take);
    }
  }

  /// Behind the core's task that applies entries, which may take a mark by itself.
  private void take() {
    asked = false;
    if (grewTooLarge(0) && mayMark.test(places)) {
      takeMark.run();
    }
  }

  private synchronized boolean grewTooLarge(int by) {
    if (closed) {
      return false;
    }
    bytes += by;
    budget.grew(by);
    return bytes > budget.allowance();
  }

  @Override
  public synchronized void marked() {
    budget.grew(-bytes);
    bytes = 0;
  }

  /// The replica has ended.
  synchronized void close() {
    if (!closed) {
      marked();
      closed = true;
      budget.left();
    }
  }
}
