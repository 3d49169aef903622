package dev.partita.e2e.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// JSON as plain values that compare as the API means them: numbers by value, the members of sets
/// in any order.
final class Normal {

  private static final Set<String> SETS = Set.of("SS", "NS", "BS");

  private Normal() {}

  static Object of(JsonNode json) {
    return of(json, false);
  }

  /// As [#of], and the outermost list is in any order.
  static Object inAnyOrder(JsonNode json) {
    return of(json, true);
  }

  private static Object of(JsonNode json, boolean sorted) {
    if (json.isObject()) {
      Map<String, Object> map = new TreeMap<>();
      for (Map.Entry<String, JsonNode> e : json.properties()) {
        map.put(e.getKey(), of(e.getValue(), SETS.contains(e.getKey())));
      }
      return map;
    }
    if (json.isArray()) {
      List<Object> list = new ArrayList<>();
      json.forEach(e -> list.add(of(e, false)));
      if (sorted) {
        list.sort(Comparator.comparing(Object::toString));
      }
      return list;
    }
    if (json.isNumber()) {
      return json.decimalValue().stripTrailingZeros();
    }
    return json.isMissingNode() ? "(absent)" : json.isTextual() ? json.asText() : json.toString();
  }
}
