package dev.partita.bench;

import dev.partita.e2e.wire.Signer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Scans a table of {@link Items#key numbered} items to its end, page by page, and ticks off every
/// item. Answers are searched, not parsed: a parser would take more time than a server.
final class ScanWalk {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String ITEM = "\"pk\":{\"S\":\"item#";
  private static final String LAST = "\"LastEvaluatedKey\":";
  private static final int DIGITS = 8;

  private final Target target;
  private final String table;
  private final int items;
  private final Signer signer;

  ScanWalk(Target target, String table, int items) {
    this.target = target;
    this.table = table;
    this.items = items;
    this.signer = new Signer(target.credentials(), target.region());
  }

  /// @param found different items
  /// @param twice items that came again
  record Result(double seconds, int pages, int found, int twice) {}

  /// @param segments walked side by side
  /// @throws IllegalStateException if a page is refused
  Result walk(int segments) throws InterruptedException, ExecutionException {
    return walk(segments, Integer.MAX_VALUE);
  }

  /// @param most pages of each segment; the walk ends there, before the table does
  Result walk(int segments, int most) throws InterruptedException, ExecutionException {
    long began = System.nanoTime();
    List<Result> parts = new ArrayList<>();
    BitSet all = new BitSet(items);
    try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        ExecutorService pool = Executors.newFixedThreadPool(segments)) {
      List<Future<Result>> walks = new ArrayList<>();
      for (int i = 0; i < segments; i++) {
        String part =
            segments == 1 ? "" : ",\"Segment\":%d,\"TotalSegments\":%d".formatted(i, segments);
        walks.add(pool.submit(() -> walk(http, part, most, all)));
      }
      for (Future<Result> walk : walks) {
        parts.add(walk.get());
      }
    }
    return new Result(
        (System.nanoTime() - began) / 1e9,
        parts.stream().mapToInt(Result::pages).sum(),
        all.cardinality(),
        parts.stream().mapToInt(Result::twice).sum());
  }

  private Result walk(HttpClient http, String segment, int most, BitSet all)
      throws IOException, InterruptedException {
    int pages = 0;
    int twice = 0;
    @Nullable String after = null;
    do {
      String page =
          page(
              http,
              "{\"TableName\":\"%s\"%s%s}"
                  .formatted(
                      table, segment, after == null ? "" : ",\"ExclusiveStartKey\":" + after));
      pages++;
      int key = page.indexOf(LAST);
      after = key < 0 ? null : object(page, key + LAST.length());
      // The key at which the page ends names an item that is also on it.
      String body = after == null ? page : page.replace(LAST + after, "");
      synchronized (all) {
        twice += tick(body, all);
      }
    } while (after != null && pages < most);
    return new Result(0, pages, 0, twice);
  }

  private String page(HttpClient http, String json) throws IOException, InterruptedException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target.endpoint())
            .timeout(PATIENCE)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    signer
        .headers(target.endpoint().getAuthority(), "DynamoDB_20120810.Scan", body, Instant.now())
        .forEach(request::header);
    HttpResponse<byte[]> answer =
        http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    String text = new String(answer.body(), StandardCharsets.ISO_8859_1);
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(
          target.name() + " refused a page: " + answer.statusCode() + " " + text);
    }
    return text;
  }

  /// @return how many were ticked off before
  private int tick(String page, BitSet all) {
    int twice = 0;
    for (int at = page.indexOf(ITEM); at >= 0; at = page.indexOf(ITEM, at + 1)) {
      int from = at + ITEM.length();
      int number = Integer.parseInt(page, from, from + DIGITS, 10);
      if (number >= items) {
        throw new IllegalStateException(
            target.name() + " has an item that nobody wrote: " + number);
      }
      if (all.get(number)) {
        twice++;
      }
      all.set(number);
    }
    return twice;
  }

  /// The whole of an object; no string in a key has a brace.
  private static String object(String page, int from) {
    int depth = 0;
    for (int i = from; i < page.length(); i++) {
      char c = page.charAt(i);
      if (c == '{') {
        depth++;
      } else if (c == '}' && --depth == 0) {
        return page.substring(from, i + 1);
      }
    }
    throw new IllegalStateException("a page that ends in the middle: " + page.substring(from));
  }
}
