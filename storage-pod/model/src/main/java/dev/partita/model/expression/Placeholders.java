package dev.partita.model.expression;

import dev.partita.model.error.ApiException;
import dev.partita.model.error.AttributeTexts;
import dev.partita.model.error.ConstraintTexts;
import dev.partita.model.error.PlaceholderTexts;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.ItemSize;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `ExpressionAttributeNames` and `ExpressionAttributeValues` of one request, and which of them its
/// expressions used. One object serves all expressions of the request; it belongs to one thread.
///
/// The server checks the maps with {@link #checkNames} and {@link #checkValueKeys} while it reads
/// the request, parses the expressions, and ends with {@link #checkAllUsed}.
public final class Placeholders {

  private final Map<String, String> names;
  private final Map<String, AttributeValue> values;
  private final Set<String> used = new HashSet<>();

  /// @param names attribute name by `#placeholder`; empty where the request has none
  /// @param values value by `:placeholder`; empty where the request has none
  public Placeholders(Map<String, String> names, Map<String, AttributeValue> values) {
    this.names = names;
    this.values = values;
  }

  public static Placeholders none() {
    return new Placeholders(Map.of(), Map.of());
  }

  @Nullable String name(String placeholder) {
    used.add(placeholder);
    return names.get(placeholder);
  }

  @Nullable AttributeValue value(String placeholder) {
    used.add(placeholder);
    return values.get(placeholder);
  }

  /// Refuses a request that defines what no expression mentions. Called when all expressions are
  /// parsed.
  ///
  /// @throws ApiException VALIDATION
  public void checkAllUsed() {
    checkUsed("ExpressionAttributeNames", names.keySet());
    checkUsed("ExpressionAttributeValues", values.keySet());
  }

  private void checkUsed(String parameter, Set<String> keys) {
    for (String key : keys) {
      if (!used.contains(key)) {
        List<String> unused = new ArrayList<>();
        keys.forEach(
            k -> {
              if (!used.contains(k)) {
                unused.add(k);
              }
            });
        throw ApiException.validation(PlaceholderTexts.unused(parameter, unused));
      }
    }
  }

  /// Checks `ExpressionAttributeNames` as it came.
  ///
  /// @param names may hold nulls where the JSON does
  /// @throws ApiException VALIDATION for an empty map, a malformed placeholder, or a name that is
  ///   missing, empty or longer than 65,535 bytes
  public static void checkNames(Map<String, ? extends @Nullable String> names) {
    String parameter = "ExpressionAttributeNames";
    checkNotEmpty(parameter, names.isEmpty());
    names.forEach(
        (key, name) -> {
          checkKey(parameter, '#', key);
          if (name == null) {
            throw invalidName("null", key);
          }
          if (name.isEmpty()) {
            throw invalidName(AttributeTexts.EMPTY_NAME, key);
          }
          if (ItemSize.utf8Length(name) > ExpressionLimits.MAX_ATTRIBUTE_NAME_BYTES) {
            throw invalidName(
                ConstraintTexts.maxLength(ExpressionLimits.MAX_ATTRIBUTE_NAME_BYTES), key);
          }
        });
  }

  /// Checks the keys of `ExpressionAttributeValues` as they came; the values themselves are read
  /// afterwards, with the reason of a failure put into {@link #invalidValue}.
  ///
  /// @throws ApiException VALIDATION for an empty map or a malformed placeholder
  public static void checkValueKeys(Set<String> keys) {
    String parameter = "ExpressionAttributeValues";
    checkNotEmpty(parameter, keys.isEmpty());
    keys.forEach(key -> checkKey(parameter, ':', key));
  }

  /// Checks how much the placeholders stand for, once each of them is known to be sound.
  ///
  /// @throws ApiException VALIDATION if the names, or the values, are too many bytes together with
  ///   their placeholders
  public static void checkSizes(Map<String, String> names, Map<String, AttributeValue> values) {
    long bytes = 0;
    for (Map.Entry<String, String> name : names.entrySet()) {
      bytes += ItemSize.utf8Length(name.getKey()) + ItemSize.utf8Length(name.getValue());
    }
    checkSize("ExpressionAttributeNames", bytes);
    checkSize("ExpressionAttributeValues", ItemSize.ofAttributes(values));
  }

  private static void checkSize(String parameter, long bytes) {
    if (bytes > ExpressionLimits.MAX_PLACEHOLDER_MAP_BYTES) {
      throw ApiException.validation(PlaceholderTexts.tooLarge(parameter));
    }
  }

  /// The error for a placeholder whose attribute value is not one.
  ///
  /// @param reason text of what is wrong, with no full stop behind
  public static ApiException invalidValue(String reason, String key) {
    return ApiException.validation(
        PlaceholderTexts.invalidValue("ExpressionAttributeValues", reason, key));
  }

  private static ApiException invalidName(String reason, String key) {
    return ApiException.validation(
        PlaceholderTexts.invalidValue("ExpressionAttributeNames", reason, key));
  }

  private static void checkNotEmpty(String parameter, boolean empty) {
    if (empty) {
      throw ApiException.validation(PlaceholderTexts.empty(parameter));
    }
  }

  private static void checkKey(String parameter, char prefix, String key) {
    String problem = null;
    if (key.isEmpty()) {
      problem = PlaceholderTexts.EMPTY_KEY;
    } else if (key.length() > ExpressionLimits.MAX_PLACEHOLDER_LENGTH) {
      problem = PlaceholderTexts.keyTooLong(key.length());
    } else if (!isPlaceholder(prefix, key)) {
      problem = PlaceholderTexts.noPlaceholder(key);
    }
    if (problem != null) {
      throw ApiException.validation(PlaceholderTexts.invalidKey(parameter, problem));
    }
  }

  private static boolean isPlaceholder(char prefix, String key) {
    if (key.charAt(0) != prefix || key.length() == 1) {
      return false;
    }
    for (int i = 1; i < key.length(); i++) {
      if (!Lexer.isWordPart(key.charAt(i))) {
        return false;
      }
    }
    return true;
  }
}
