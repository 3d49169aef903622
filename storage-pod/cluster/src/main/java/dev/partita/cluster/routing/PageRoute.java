package dev.partita.cluster.routing;

import dev.partita.model.command.PageOutcome;
import dev.partita.model.command.PageOutcome.Rows;
import dev.partita.model.command.PageRead;
import dev.partita.model.key.KeyRange;
import dev.partita.model.key.RowKeys;
import dev.partita.model.value.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The way of one page: from partition to partition in the order of their ranges, until the page is
/// full or the range is over. What was gathered never exceeds a page, since every partition is told
/// what is left of the page's bounds.
final class PageRoute {
  private final PageRead read;
  private final Function<PageRead, Part> ask;
  private final CompletableFuture<PageOutcome> result = new CompletableFuture<>();
  private final List<Bytes> items = new ArrayList<>();
  private int matched;
  private int evaluated;
  private long bytesRead;
  private long fetchUnits;
  private @Nullable KeyRange rest;

  /// One question to one partition.
  ///
  /// @param errand knows which part of the range was asked for
  record Part(PageErrand errand, CompletableFuture<PageOutcome> answer) {}

  /// @param ask asks the partition where a read's range begins, in its direction
  PageRoute(PageRead read, Function<PageRead, Part> ask) {
    this.read = read;
    this.ask = ask;
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
      Part part = ask.apply(left(rest));
      if (!part.answer().isDone()) {
        var _ =
            part.answer()
                .whenComplete(
                    (outcome, failure) -> {
                      if (failure != null) {
                        result.completeExceptionally(failure);
                      } else if (take(part.errand().asked(), outcome)) {
                        go();
                      }
                    });
        return;
      }
      if (part.answer().isCompletedExceptionally()) {
        result.completeExceptionally(part.answer().exceptionNow());
        return;
      }
      if (!take(part.errand().asked(), part.answer().resultNow())) {
        return;
      }
    }
    finish(null);
  }

  private PageRead left(KeyRange range) {
    return read.part(
        range,
        read.limit() - evaluated,
        Math.toIntExact(read.bytes() - Rows.weight(bytesRead, fetchUnits)));
  }

  /// @return whether to go on
  private boolean take(KeyRange asked, PageOutcome outcome) {
    switch (outcome) {
      case PageOutcome.Page(Rows rows, Bytes last) -> {
        add(rows);
        if (last != null) {
          finish(last);
          return false;
        }
        rest = beyond(read.forward() ? asked.to() : asked.from());
        return true;
      }
      case PageOutcome.Paused(Rows rows, Bytes at) -> {
        add(rows);
        rest = beyond(read.forward() ? RowKeys.behind(at) : at);
        return true;
      }
      case PageOutcome.Unavailable _ -> {
        result.complete(outcome);
        return false;
      }
    }
  }

  private @Nullable KeyRange beyond(Bytes place) {
    Bytes from = read.forward() ? place : read.range().from();
    Bytes to = read.forward() ? read.range().to() : place;
    return from.compareTo(to) < 0 ? new KeyRange(from, to) : null;
  }

  private void add(Rows rows) {
    items.addAll(rows.items());
    matched += rows.matched();
    evaluated += rows.evaluated();
    bytesRead += rows.bytesRead();
    fetchUnits += rows.fetchUnits();
  }

  private Rows rows() {
    return new Rows(items, matched, evaluated, bytesRead, fetchUnits);
  }

  private void finish(@Nullable Bytes last) {
    result.complete(new PageOutcome.Page(rows(), last));
  }
}
