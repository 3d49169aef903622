package dev.partita.e2e.properties;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.partita.e2e.wire.WireClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A Query or Scan from its first page to its last.
///
/// @param items of all pages, in their order; none where only counts were asked for
/// @param count sum of `Count`
/// @param scanned sum of `ScannedCount`
record Walk(List<JsonNode> items, int count, int scanned, int pages) {

  /// Far more than any walk here takes: one that never ends is a fault.
  private static final int MOST_PAGES = 10_000;

  static Walk of(WireClient wire, String operation, ObjectNode request)
      throws IOException, InterruptedException {
    ObjectNode next = request.deepCopy();
    List<JsonNode> items = new ArrayList<>();
    int count = 0;
    int scanned = 0;
    for (int page = 1; page <= MOST_PAGES; page++) {
      WireClient.Answer answer = wire.call(operation, next.toString());
      assertThat(answer.ok()).as("%s %s: %s", operation, next, answer.text()).isTrue();
      JsonNode body = answer.body();
      if (body.has("Items")) {
        assertThat(body.path("Items")).as("Count of %s", next).hasSize(body.path("Count").asInt());
      }
      if (next.has("Limit")) {
        assertThat(body.path("ScannedCount").asInt())
            .isLessThanOrEqualTo(next.get("Limit").asInt());
      }
      body.path("Items").forEach(items::add);
      count += body.path("Count").asInt();
      scanned += body.path("ScannedCount").asInt();
      if (!body.has("LastEvaluatedKey")) {
        return new Walk(items, count, scanned, page);
      }
      next.set("ExclusiveStartKey", body.get("LastEvaluatedKey"));
    }
    throw new AssertionError("no end of pages: " + request);
  }

  /// How often each item is there.
  Map<JsonNode, Integer> census() {
    Map<JsonNode, Integer> census = new HashMap<>();
    items.forEach(item -> census.merge(item, 1, Integer::sum));
    return census;
  }
}
