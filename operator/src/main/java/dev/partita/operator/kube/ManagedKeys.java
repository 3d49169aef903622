package dev.partita.operator.kube;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds the elements of lists that `metadata.managedFields` names by JSON.
final class ManagedKeys {

  private static final ObjectMapper JSON = new ObjectMapper();

  private ManagedKeys() {}

  /// The element whose keys are as in `json`, an object. A key that the element does not have is
  /// one that the server has defaulted.
  static @Nullable Object element(String json, List<?> elements) {
    JsonNode keys = read(json);
    for (Object element : elements) {
      if (element instanceof Map<?, ?> map
          && keys.properties().stream()
              .allMatch(
                  key -> {
                    Object value = map.get(key.getKey());
                    return value == null || value.toString().equals(key.getValue().asText());
                  })) {
        return element;
      }
    }
    return null;
  }

  /// The scalar that is as in `json`.
  static @Nullable Object value(String json, List<?> elements) {
    String value = read(json).asText();
    for (Object element : elements) {
      if (element != null && element.toString().equals(value)) {
        return element;
      }
    }
    return null;
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a key of a managed field: " + json, e);
    }
  }
}
