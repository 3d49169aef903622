package dev.partita.server.table;

import dev.partita.model.error.ApiException;
import dev.partita.server.json.Structure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The tags of a request.
final class TagLists {

  /// Tags that one table may have.
  static final int MAX_TAGS = 50;

  private static final String RESERVED = "aws:";
  private static final String INVALID = "One or more parameter values were invalid: ";

  private TagLists() {}

  /// @return empty where the member is absent
  static Map<String, String> read(Structure request) {
    List<Structure> given = request.structures("Tags");
    Map<String, String> tags = new LinkedHashMap<>();
    if (given == null) {
      return tags;
    }
    for (Structure tag : given) {
      String key = tag.requiredText("Key");
      if (key.startsWith(RESERVED)) {
        throw ApiException.validation(
            INVALID + "Tag keys that start with aws: are reserved: " + key);
      }
      if (tags.put(key, tag.requiredText("Value")) != null) {
        throw ApiException.validation(INVALID + "Duplicate tag key: " + key);
      }
    }
    if (tags.size() > MAX_TAGS) {
      throw ApiException.validation(
          INVALID + "Number of tags exceeds the per-table limit of " + MAX_TAGS);
    }
    return tags;
  }
}
