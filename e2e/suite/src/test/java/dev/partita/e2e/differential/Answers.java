package dev.partita.e2e.differential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.partita.e2e.wire.WireClient.Answer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Two answers to one request, made comparable: sets lose their order, objects too. DynamoDB Local
/// echoes numbers inside documents as they were sent, while the service answers them in plain
/// decimal: theirs are rewritten, ours must be right. It also reports the capacity of some deletes
/// unasked.
///
/// @param ours Partita's
/// @param theirs DynamoDB Local's
/// @param capacity whether the request asked for consumed capacity
record Answers(Answer ours, Answer theirs, boolean capacity) {

  private static final Set<String> SETS = Set.of("SS", "NS", "BS");

  boolean agree() {
    if (ours.status() != theirs.status()) {
      return false;
    }
    if (!ours.ok()) {
      return ours.errorType().equals(theirs.errorType())
          && ours.errorMessage().equals(theirs.errorMessage())
          && normalOurs().path("Item").equals(normalTheirs().path("Item"));
    }
    return normalOurs().equals(normalTheirs());
  }

  JsonNode normalOurs() {
    return normal(ours.body(), false);
  }

  JsonNode normalTheirs() {
    JsonNode body = normal(theirs.body(), true);
    if (!capacity && body instanceof ObjectNode object) {
      object.remove("ConsumedCapacity");
    }
    return body;
  }

  /// A short name for the kind of difference, to group by.
  String kind() {
    return side(ours) + "  <>  " + side(theirs);
  }

  private static String side(Answer a) {
    String message = a.errorMessage();
    return a.ok()
        ? "200"
        : a.errorType()
            + ": "
            + (message.length() > 160 ? message.substring(0, 160) + "…" : message);
  }

  private static JsonNode normal(JsonNode node, boolean plainNumbers) {
    if (node.isObject()) {
      Map<String, JsonNode> sorted = new TreeMap<>();
      for (Map.Entry<String, JsonNode> e : node.properties()) {
        JsonNode value = e.getValue();
        boolean number = plainNumbers && (e.getKey().equals("N") || e.getKey().equals("NS"));
        if (SETS.contains(e.getKey()) && value.isArray()) {
          value = sortedArray(value, number);
        } else if (number && value.isTextual()) {
          value = JsonNodeFactory.instance.textNode(plain(value.asText()));
        } else {
          value = normal(value, plainNumbers);
        }
        sorted.put(e.getKey(), value);
      }
      ObjectNode result = JsonNodeFactory.instance.objectNode();
      sorted.forEach(result::set);
      return result;
    }
    if (node.isArray()) {
      ArrayNode result = JsonNodeFactory.instance.arrayNode();
      node.forEach(n -> result.add(normal(n, plainNumbers)));
      return result;
    }
    return node;
  }

  private static JsonNode sortedArray(JsonNode array, boolean numbers) {
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
