package dev.partita.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.partita.e2e.wire.WireClient;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Fills a table by many BatchWriteItem side by side. Items are made as they are sent. What a
/// server is too busy for is sent again, as an SDK does, and counted.
final class Loader {

  /// Put requests of one BatchWriteItem.
  static final int BATCH = 25;

  private static final int SENDERS = 32;
  private static final long PROGRESS_SECONDS = 5;
  private static final int TRIES = 50;
  private static final long PAUSE_MILLIS = 100;
  private static final Set<String> BUSY =
      Set.of(
          "ThrottlingException",
          "ProvisionedThroughputExceededException",
          "ServiceUnavailable",
          "InternalServerError");

  private final Target target;
  private final String table;
  private final int items;
  private final IntFunction<String> item;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger written = new AtomicInteger();
  private final AtomicLong again = new AtomicLong();

  private Loader(Target target, String table, int items, IntFunction<String> item) {
    this.target = target;
    this.table = table;
    this.items = items;
    this.item = item;
  }

  /// @param item an item's attributes as JSON, by its number from 0 to `items - 1`
  static void load(
      Target target, String table, int items, IntFunction<String> item, PrintStream out)
      throws InterruptedException, ExecutionException {
    new Loader(target, table, items, item).run(out);
  }

  /// A request's body that puts these items.
  static String batch(String table, List<String> items) {
    return "{\"RequestItems\":{\"%s\":[%s]}}"
        .formatted(
            table,
            items.stream()
                .map(item -> "{\"PutRequest\":{\"Item\":" + item + "}}")
                .collect(Collectors.joining(",")));
  }

  private void run(PrintStream out) throws InterruptedException, ExecutionException {
    long began = System.nanoTime();
    try (WireClient wire = target.wire();
        ExecutorService pool = Executors.newFixedThreadPool(SENDERS)) {
      List<Future<?>> senders = new ArrayList<>();
      for (int i = 0; i < SENDERS; i++) {
        senders.add(
            pool.submit(
                () -> {
                  send(wire);
                  return null;
                }));
      }
      try {
        for (Future<?> sender : senders) {
          while (!isDone(sender)) {
            progress(out, began);
          }
        }
      } finally {
        // Also ends the others where one failed.
        next.set(items);
      }
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    out.printf(
        Locale.ROOT,
        "Loaded %,d items into %s of %s in %.0f s, %,.0f/s; sent again as it was busy: %,d%n",
        items,
        table,
        target.name(),
        seconds,
        items / seconds,
        again.get());
  }

  private static boolean isDone(Future<?> sender) throws InterruptedException, ExecutionException {
    try {
      sender.get(PROGRESS_SECONDS, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException notYet) {
      return false;
    }
  }

  private void progress(PrintStream out, long began) {
    double seconds = (System.nanoTime() - began) / 1e9;
    int done = written.get();
    double rate = done / seconds;
    out.printf(
        Locale.ROOT,
        "  %s: %,d of %,d, %,.0f/s, %.0f s left%n",
        table,
        done,
        items,
        rate,
        done == 0 ? Double.NaN : (items - done) / rate);
  }

  private void send(WireClient wire) throws IOException, InterruptedException {
    for (int from = next.getAndAdd(BATCH);
        from >= 0 && from < items;
        from = next.getAndAdd(BATCH)) {
      int to = Math.min(items, from + BATCH);
      send(wire, batch(table, IntStream.range(from, to).mapToObj(item).toList()));
      written.addAndGet(to - from);
    }
  }

  private void send(WireClient wire, String first) throws IOException, InterruptedException {
    String body = first;
    for (int tries = 1; ; tries++) {
      WireClient.Answer answer = wire.call("BatchWriteItem", body);
      if (answer.ok()) {
        JsonNode rest = answer.body().path("UnprocessedItems");
        if (rest.isEmpty()) {
          return;
        }
        body = "{\"RequestItems\":" + rest + "}";
      } else if (!BUSY.contains(answer.errorType())) {
        throw new IllegalStateException(answer.status() + " " + answer.text());
      }
      if (tries == TRIES) {
        throw new IllegalStateException(
            "still busy after " + tries + " tries: " + answer.status() + " " + answer.text());
      }
      again.incrementAndGet();
      Thread.sleep(PAUSE_MILLIS * Math.min(tries, 10));
    }
  }
}
