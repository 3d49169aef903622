package dev.partita.e2e.differential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Documents made comparable: sets lose their order, objects too, and so do the lists of batches,
/// which are in no particular order. DynamoDB Local echoes numbers inside documents as they were
/// sent, while the service answers them in plain decimal: theirs are rewritten, ours must be right.
final class Normal {

  private static final Set<String> SETS = Set.of("SS", "NS", "BS");

  private Normal() {}

  static JsonNode of(JsonNode node, boolean plainNumbers) {
    JsonNode normal = values(node, plainNumbers);
    if (normal.path("Responses") instanceof ObjectNode responses) {
      List<String> tables = responses.propertyStream().map(Map.Entry::getKey).toList();
      tables.forEach(table -> responses.set(table, sorted(responses.path(table))));
    }
    if (normal.path("ConsumedCapacity").isArray()) {
      ((ObjectNode) normal).set("ConsumedCapacity", sorted(normal.path("ConsumedCapacity")));
    }
    return normal;
  }

  /// The same elements in an order of their texts.
  static ArrayNode sorted(Iterable<JsonNode> elements) {
    List<JsonNode> list = new ArrayList<>();
    elements.forEach(list::add);
    list.sort((a, b) -> a.toString().compareTo(b.toString()));
    return JsonNodeFactory.instance.arrayNode().addAll(list);
  }

  private static JsonNode values(JsonNode node, boolean plainNumbers) {
    if (node.isObject()) {
      Map<String, JsonNode> sorted = new TreeMap<>();
      for (Map.Entry<String, JsonNode> e : node.properties()) {
        JsonNode value = e.getValue();
        boolean number = plainNumbers && (e.getKey().equals("N") || e.getKey().equals("NS"));
        if (SETS.contains(e.getKey()) && value.isArray()) {
          value = sortedTexts(value, number);
        } else if (number && value.isTextual()) {
          value = JsonNodeFactory.instance.textNode(plain(value.asText()));
        } else {
          value = values(value, plainNumbers);
        }
        sorted.put(e.getKey(), value);
      }
      ObjectNode result = JsonNodeFactory.instance.objectNode();
      sorted.forEach(result::set);
      return result;
    }
    if (node.isArray()) {
      ArrayNode result = JsonNodeFactory.instance.arrayNode();
      node.forEach(n -> result.add(values(n, plainNumbers)));
      return result;
    }
    return node;
  }

  private static JsonNode sortedTexts(JsonNode array, boolean numbers) {
    List<String> members = new ArrayList<>();
    array.forEach(n -> members.add(numbers ? plain(n.asText()) : n.asText()));
    members.sort(null);
    ArrayNode result = JsonNodeFactory.instance.arrayNode();
    members.forEach(result::add);
    return result;
  }

  private static String plain(String number) {
    BigDecimal value = new BigDecimal(number);
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }
}
