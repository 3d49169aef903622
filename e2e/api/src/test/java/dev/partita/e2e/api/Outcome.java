package dev.partita.e2e.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;

/// What came back for a request.
///
/// @param type the error's code; empty for an answer
/// @param message the error's text
/// @param body members of the answer, or of the error
record Outcome(String type, String message, JsonNode body) {

  boolean failed() {
    return !type.isEmpty();
  }

  /// @param path names with dots between; a list is walked into unless a number picks an element;
  ///   `.` is all of it
  JsonNode at(String path) {
    JsonNode at = body;
    if (!path.equals(".")) {
      for (String step : path.split("\\.", -1)) {
        at = step(at, step);
      }
    }
    return at;
  }

  private static JsonNode step(JsonNode from, String name) {
    if (!from.isArray()) {
      return from.path(name);
    }
    if (!name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return from.path(Integer.parseInt(name));
    }
    ArrayNode found = JsonNodeFactory.instance.arrayNode();
    for (JsonNode element : from) {
      JsonNode next = element.path(name);
      if (!next.isMissingNode()) {
        found.add(next);
      }
    }
    return found.isEmpty() ? MissingNode.getInstance() : found;
  }
}
