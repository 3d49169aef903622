package dev.partita.e2e.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/// A table as a case file writes it: `T pk:S sk:N byDay=day:S/INCLUDE:a,b`, name, keys and local
/// indexes.
record TableLine(String name, ObjectNode createTable) {

  static TableLine parse(String text) {
    String[] words = text.strip().split("\\s+", -1);
    ObjectNode json = (ObjectNode) Placeholders.json("{BillingMode:'PAY_PER_REQUEST'}");
    Map<String, String> types = new LinkedHashMap<>();
    ArrayNode keys = json.putArray("KeySchema");
    for (int i = 1; i < words.length; i++) {
      String[] index = words[i].split("=", 2);
      if (index.length == 1) {
        key(keys, words[i], types);
        continue;
      }
      ObjectNode local = json.withArray("LocalSecondaryIndexes").addObject();
      local.put("IndexName", index[0]);
      String[] keyAndProjection = index[1].split("/", 2);
      ArrayNode indexKeys = local.putArray("KeySchema");
      indexKeys.add(keys.get(0).deepCopy());
      key(indexKeys, keyAndProjection[0], types);
      String[] projection = keyAndProjection[1].split(":", 2);
      ObjectNode projected = local.putObject("Projection").put("ProjectionType", projection[0]);
      if (projection.length > 1) {
        ArrayNode names = projected.putArray("NonKeyAttributes");
        for (String name : projection[1].split(",", -1)) {
          names.add(name);
        }
      }
    }
    ArrayNode definitions = json.putArray("AttributeDefinitions");
    types.forEach(
        (name, type) ->
            definitions.addObject().put("AttributeName", name).put("AttributeType", type));
    return new TableLine(words[0], json);
  }

  private static void key(ArrayNode keys, String nameAndType, Map<String, String> types) {
    String[] parts = nameAndType.split(":", 2);
    types.put(parts[0], parts[1]);
    keys.addObject()
        .put("AttributeName", parts[0])
        .put("KeyType", keys.size() == 1 ? "HASH" : "RANGE");
  }
}
