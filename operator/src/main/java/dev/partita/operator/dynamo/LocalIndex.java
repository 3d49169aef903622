package dev.partita.operator.dynamo;

import java.util.List;

/// A local secondary index, with the words of the API.
///
/// @param rangeKey the attribute that orders it
/// @param projection `ALL`, `KEYS_ONLY` or `INCLUDE`
/// @param attributes what `INCLUDE` names; else empty
public record LocalIndex(String name, String rangeKey, String projection, List<String> attributes) {

  public LocalIndex {
    attributes = List.copyOf(attributes);
  }

  @Override
  public String toString() {
    return name
        + " by "
        + rangeKey
        + " "
        + projection
        + (attributes.isEmpty() ? "" : " " + attributes);
  }
}
