package dev.partita.e2e.differential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.partita.e2e.wire.WireClient.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Two answers to one request, made comparable: sets lose their order, objects too.
///
/// @param ours Partita's
/// @param theirs DynamoDB Local's
record Answers(Answer ours, Answer theirs) {

  private static final Set<String> SETS = Set.of("SS", "NS", "BS");

  boolean agree() {
    if (ours.status() != theirs.status()) {
      return false;
    }
    if (!ours.ok()) {
      return ours.errorType().equals(theirs.errorType())
          && ours.errorMessage().equals(theirs.errorMessage())
          && normal(ours.body().path("Item")).equals(normal(theirs.body().path("Item")));
    }
    return normal(ours.body()).equals(normal(theirs.body()));
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

  static JsonNode normal(JsonNode node) {
    if (node.isObject()) {
      Map<String, JsonNode> sorted = new TreeMap<>();
      node.properties()
          .forEach(
              e ->
                  sorted.put(
                      e.getKey(),
                      SETS.contains(e.getKey()) && e.getValue().isArray()
                          ? sortedArray(e.getValue())
                          : normal(e.getValue())));
      ObjectNode result = JsonNodeFactory.instance.objectNode();
      sorted.forEach(result::set);
      return result;
    }
    if (node.isArray()) {
      ArrayNode result = JsonNodeFactory.instance.arrayNode();
      node.forEach(n -> result.add(normal(n)));
      return result;
    }
    return node;
  }

  private static JsonNode sortedArray(JsonNode array) {
    List<String> members = new ArrayList<>();
    array.forEach(n -> members.add(n.asText()));
    members.sort(null);
    ArrayNode result = JsonNodeFactory.instance.arrayNode();
    members.forEach(result::add);
    return result;
  }
}
