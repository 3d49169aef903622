package dev.partita.e2e.differential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The pages of a query or a scan to their end as one document, with as much order as DynamoDB
/// promises. The pages of a query of a table have to be the same one by one. Entries of an index
/// whose keys are equal are in no defined order, and neither are the partition keys of a scan:
/// there the items are compared as a whole, and the order by the sort key within what has one. Of a
/// scan that begins at a key which the case chose, or that is one segment, only the partition key
/// at which it begins is comparable.
///
/// @param pages answers in comparable form
record JoinedPages(Case request, List<ObjectNode> pages) {

  /// @param local whether the answers are DynamoDB Local's
  static JoinedPages of(Case request, Walk walk, boolean local) {
    List<ObjectNode> pages = new ArrayList<>();
    for (var answer : walk.answers()) {
      ObjectNode page = (ObjectNode) Normal.of(answer.body(), local);
      if (local && !request.asksForCapacity()) {
        page.remove("ConsumedCapacity");
      }
      pages.add(page);
    }
    return new JoinedPages(request, pages);
  }

  JsonNode toJson() {
    ObjectNode joined = JsonNodeFactory.instance.objectNode();
    boolean scan = request.operation().equals("Scan");
    if (isPartial(scan)) {
      joined.put("OnlyCounted", pages.stream().noneMatch(p -> p.has("Items")));
      joined.set("Behind", scan ? behindStart() : behindEqualKeys());
      return joined;
    }
    joined.put("Count", sum("Count"));
    joined.put("ScannedCount", sum("ScannedCount"));
    joined.put("OnlyCounted", pages.stream().noneMatch(p -> p.has("Items")));
    if (!scan && !request.body().has("IndexName")) {
      ArrayNode each = joined.putArray("Pages");
      pages.forEach(each::add);
      return joined;
    }
    List<JsonNode> items = pages.stream().flatMap(page -> elements(page.path("Items"))).toList();
    joined.set("Items", Normal.sorted(items));
    joined.set("Order", order(items));
    if (!scan) {
      ArrayNode sizes = joined.putArray("Pages");
      pages.forEach(page -> sizes.add(page.path("ScannedCount").asInt()));
    }
    if (!scan || pages.size() == 1) {
      ArrayNode capacities = joined.putArray("ConsumedCapacity");
      pages.forEach(page -> capacities.add(page.path("ConsumedCapacity")));
    }
    return joined;
  }

  private boolean isPartial(boolean scan) {
    boolean starts = !request.body().path("ExclusiveStartKey").isEmpty();
    return scan
        ? starts || request.body().path("TotalSegments").asInt() > 1
        : starts && request.body().has("IndexName");
  }

  /// The rest of the partition key in which a scan begins, where items show it.
  private JsonNode behindStart() {
    JsonNode start = start(request.schema().hash());
    if (start.isMissingNode() || request.body().path("TotalSegments").asInt() > 1) {
      return start;
    }
    return items(item -> item.path(request.schema().hash()).equals(start));
  }

  /// Entries of the same index key as the one at which a query begins lie before or behind it.
  private JsonNode behindEqualKeys() {
    String sort = sort();
    JsonNode start = sort == null ? MissingNode.getInstance() : start(sort);
    return Normal.sorted(items(item -> item.has(sort) && !item.path(sort).equals(start)));
  }

  private JsonNode start(String attribute) {
    return Normal.of(request.body().path("ExclusiveStartKey").path(attribute), true);
  }

  private ArrayNode items(Predicate<JsonNode> which) {
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    pages.stream().flatMap(page -> elements(page.path("Items"))).filter(which).forEach(items::add);
    return items;
  }

  private int sum(String member) {
    return pages.stream().mapToInt(page -> page.path(member).asInt(-1)).sum();
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return array.isArray() ? array.valueStream() : Stream.empty();
  }

  /// The sort keys of each partition key in the order in which they came, if they are known.
  private JsonNode order(List<JsonNode> items) {
    ObjectNode order = JsonNodeFactory.instance.objectNode();
    String hash = request.schema().hash();
    String sort = sort();
    if (sort == null || items.stream().anyMatch(item -> !item.has(hash) || !item.has(sort))) {
      return order;
    }
    for (String text : items.stream().map(i -> i.path(hash).toString()).distinct().toList()) {
      ArrayNode sorts = order.putArray(text);
      items.stream()
          .filter(item -> item.path(hash).toString().equals(text))
          .forEach(item -> sorts.add(item.path(sort)));
    }
    return order;
  }

  private @Nullable String sort() {
    Schema.Index index = request.schema().index(request.body().path("IndexName").asText(""));
    return index == null ? request.schema().range() : index.sort();
  }
}
