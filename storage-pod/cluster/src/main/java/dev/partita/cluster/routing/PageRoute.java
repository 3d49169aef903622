package dev.partita.cluster.routing;

import dev.partita.cluster.support.ByteBudget;
import dev.partita.model.command.Overload;
import dev.partita.model.command.PageOutcome;
import dev.partita.model.command.PageOutcome.Rows;
import dev.partita.model.command.PageRead;
import dev.partita.model.command.ToldItems;
import dev.partita.model.key.KeyRange;
import dev.partita.model.key.RowKeys;
import dev.partita.model.key.RowSource;
import dev.partita.model.value.Bytes;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The way of one page: from partition to partition in the order of their ranges, until the page is
/// full, the range is over or the time is. What was gathered never exceeds a page, since every
/// partition is told what is left of the page's bounds. Only the JSON of what it tells is a bound
/// of each partition alone, and rows that have no room behind those of earlier ones are left to the
/// next page. What all pages of the pod have gathered while they wait for their next partition is
/// bounded too.
final class PageRoute {

  /// What an item that was gathered takes of the heap besides its bytes: objects and references.
  static final int ITEM_OVERHEAD_BYTES = 64;

  private static final PageOutcome TOO_MUCH_GATHERED =
      new PageOutcome.Unavailable(Overload.PREFIX + "bytes of pages are in memory");
  private static final PageOutcome TOO_LATE =
      new PageOutcome.Unavailable("the page was not read in time");

  private final PageRead read;
  private final Clock clock;
  private final ByteBudget memory;
  private final Function<PageRead, Part> ask;
  private final long begun;
  private final CompletableFuture<PageOutcome> result = new CompletableFuture<>();
  private final ToldItems told = new ToldItems();
  private int held;
  private int matched;
  private int evaluated;
  private long bytesRead;
  private long fetchUnits;
  private boolean asked;
  private boolean watched;
  private @Nullable Bytes last;
  private @Nullable KeyRange rest;

  /// One question to one partition.
  ///
  /// @param asked tells, when the answer is there, which part of the range it is about
  record Part(Supplier<KeyRange> asked, CompletableFuture<PageOutcome> answer) {}

  /// How long a page may take.
  ///
  /// @param millis after which it ends at the next row that a client can name, in milliseconds
  /// @param patienceMillis after which it ends without an answer, in milliseconds
  record Clock(Nanos now, long millis, long patienceMillis) {
    static final Clock SYSTEM =
        new Clock(System::nanoTime, RoutingLimits.PAGE_MILLIS, RoutingLimits.PAGE_PATIENCE_MILLIS);

    interface Nanos {
      long get();
    }
  }

  /// @param memory for what is gathered while the next partition is waited for
  /// @param ask asks the partition where a read's range begins, in its direction
  PageRoute(PageRead read, Clock clock, ByteBudget memory, Function<PageRead, Part> ask) {
    this.read = read;
    this.clock = clock;
    this.memory = memory;
    this.ask = ask;
    this.begun = clock.now().get();
    this.rest = read.rest();
  }

  CompletableFuture<PageOutcome> start() {
    go();
    return result;
  }

  /// A loop, not a recursion: there may be thousands of empty partitions whose answers are there at
  /// once.
  private void go() {
    while (rest != null) {
      if (passedMillis() >= clock.patienceMillis()) {
        end(TOO_LATE);
        return;
      }
      Part part = ask.apply(left(rest));
      if (!part.answer().isDone()) {
        watch();
        var _ =
            part.answer()
                .whenComplete(
                    (outcome, failure) -> {
                      if (failure != null) {
                        fail(failure);
                      } else if (take(part.asked().get(), outcome)) {
                        go();
                      }
                    });
        return;
      }
      if (part.answer().isCompletedExceptionally()) {
        fail(part.answer().exceptionNow());
        return;
      }
      if (!take(part.asked().get(), part.answer().resultNow())) {
        return;
      }
    }
    finish(null);
  }

  /// Sets a clock for a page that takes several questions. Most take one, which ends in time by
  /// itself.
  private void watch() {
    if (asked && !watched) {
      watched = true;
      long left = clock.patienceMillis() - passedMillis();
      var _ = result.completeOnTimeout(TOO_LATE, Math.max(0, left), TimeUnit.MILLISECONDS);
    }
    asked = true;
  }

  private long passedMillis() {
    return TimeUnit.NANOSECONDS.toMillis(clock.now().get() - begun);
  }

  /// Whether the page is to end as soon as it can.
  private boolean late() {
    return passedMillis() >= clock.millis();
  }

  private PageRead left(KeyRange range) {
    return read.part(
        range,
        late() ? 1 : read.limit() - evaluated,
        Math.toIntExact(read.bytes() - Rows.weight(bytesRead, fetchUnits)));
  }

  /// @return whether to go on
  private boolean take(KeyRange asked, PageOutcome outcome) {
    if (result.isDone()) {
      end(TOO_LATE);
      return false;
    }
    switch (outcome) {
      case PageOutcome.Page(Rows rows, Bytes end) -> {
        if (!add(rows)) {
          return false;
        }
        if (end != null) {
          finish(end);
          return false;
        }
        rest = beyond(read.forward() ? asked.to() : asked.from());
        return rest == null || hold(rows);
      }
      case PageOutcome.Paused(Rows rows, Bytes at) -> {
        if (!add(rows)) {
          return false;
        }
        if (late() && isNameable(at.toArray())) {
          finish(at);
          return false;
        }
        rest = beyond(read.forward() ? RowKeys.behind(at) : at);
        return rest == null || hold(rows);
      }
      case PageOutcome.Unavailable _ -> {
        end(outcome);
        return false;
      }
    }
  }

  /// Whether a client can be told to go on behind a row: one of the source; or forward an item
  /// whose partition key has nothing in the source, see {@link PageOutcome.Page}. Backward there
  /// may be entries that were told already.
  private boolean isNameable(byte[] row) {
    return RowKeys.isOf(read.source(), row)
        || (read.forward() && RowKeys.isOf(RowSource.Items.INSTANCE, row));
  }

  private @Nullable KeyRange beyond(Bytes place) {
    Bytes from = read.forward() ? place : read.range().from();
    Bytes to = read.forward() ? read.range().to() : place;
    return from.compareTo(to) < 0 ? new KeyRange(from, to) : null;
  }

  /// @return false if the page has ended with the rows before these, since their JSON has no room
  ///   in it any more: the next page begins with them
  private boolean add(Rows rows) {
    if (!told.add(rows.items())) {
      finish(last);
      return false;
    }
    if (rows.last() != null) {
      last = rows.last();
    }
    matched += rows.matched();
    evaluated += rows.evaluated();
    bytesRead += rows.bytesRead();
    fetchUnits += rows.fetchUnits();
    return true;
  }

  /// Takes memory for rows that wait for those of the next partition.
  ///
  /// @return false if there is none; then the page has ended
  private boolean hold(Rows rows) {
    int bytes = 0;
    for (Bytes item : rows.items()) {
      bytes += item.length() + ITEM_OVERHEAD_BYTES;
    }
    if (!memory.tryTake(bytes)) {
      end(TOO_MUCH_GATHERED);
      return false;
    }
    held += bytes;
    return true;
  }

  private void finish(@Nullable Bytes place) {
    Rows rows = new Rows(told.items(), matched, evaluated, bytesRead, fetchUnits, last);
    end(new PageOutcome.Page(rows, place));
  }

  /// The memory is given back when those who wait have made their answer of the page.
  private void end(PageOutcome outcome) {
    result.complete(outcome);
    release();
  }

  private void fail(Throwable failure) {
    result.completeExceptionally(failure);
    release();
  }

  private void release() {
    memory.give(held);
    held = 0;
  }
}
