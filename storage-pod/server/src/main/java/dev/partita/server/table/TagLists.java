package dev.partita.server.table;

import dev.partita.model.error.ApiException;
import dev.partita.model.error.ResourceTexts;
import dev.partita.server.json.Structure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Tags and their keys in requests, checked with the texts that the service was recorded with in
/// 2026.
final class TagLists {

  /// Tags that one table may have, and keys that one request may name.
  static final int MAX_TAGS = 50;

  /// Longest key in characters.
  static final int MAX_KEY_LENGTH = 128;

  /// Longest value in characters.
  static final int MAX_VALUE_LENGTH = 256;

  private static final String RESERVED = "aws:";

  private static final Pattern CHARACTERS = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");

  private TagLists() {}

  /// The member `Tags`.
  ///
  /// @return empty where it is absent
  static Map<String, String> read(Structure request) {
    List<Structure> given = request.structures("Tags");
    Map<String, String> tags = new LinkedHashMap<>();
    if (given == null) {
      return tags;
    }
    for (Structure tag : given) {
      String key = checkedKey(tag.text("Key"));
      String value = tag.text("Value");
      if (value == null || !fits(value, MAX_VALUE_LENGTH)) {
        throw ApiException.validation(ResourceTexts.tagValue(value));
      }
      if (key.startsWith(RESERVED)) {
        throw ApiException.validation(ResourceTexts.reservedTagKey(key));
      }
      if (tags.put(key, value) != null) {
        throw ApiException.validation(ResourceTexts.tagKeyTwice(key));
      }
    }
    checkCount(tags.size());
    return tags;
  }

  static String checkedKey(@Nullable String key) {
    if (key == null || key.isEmpty() || !fits(key, MAX_KEY_LENGTH)) {
      throw ApiException.validation(ResourceTexts.tagKey(key));
    }
    return key;
  }

  private static boolean fits(String text, int maxLength) {
    return text.codePointCount(0, text.length()) <= maxLength && CHARACTERS.matcher(text).matches();
  }

  static void checkCount(int count) {
    if (count > MAX_TAGS) {
      throw ApiException.validation(ResourceTexts.TOO_MANY_TAGS);
    }
  }
}
