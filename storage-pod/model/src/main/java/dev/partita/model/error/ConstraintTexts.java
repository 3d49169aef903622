package dev.partita.model.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Texts on members of a request that break a constraint of their shape.
public final class ConstraintTexts {

  public static final String NOT_NULL = "Member must not be null";

  private ConstraintTexts() {}

  public static String detected(List<String> violations) {
    return violations.size() == 1
        ? one(violations.getFirst())
        : violations.size() + " validation errors detected: " + String.join("; ", violations);
  }

  public static String one(String violation) {
    return "1 validation error detected: " + violation;
  }

  /// @param value as it is printed, null for none
  public static String violated(@Nullable String value, String path, String constraint) {
    return "Value "
        + (value == null ? "null" : "'" + value + "'")
        + " at '"
        + path
        + "' failed to satisfy constraint: "
        + constraint;
  }

  public static String minLength(int min) {
    return "Member must have length greater than or equal to " + min;
  }

  public static String maxLength(int max) {
    return "Member must have length less than or equal to " + max;
  }

  public static String minValue(long min) {
    return "Member must have value greater than or equal to " + min;
  }

  public static String maxValue(long max) {
    return "Member must have value less than or equal to " + max;
  }

  public static String oneOf(List<String> values) {
    return "Member must satisfy enum value set: " + values;
  }

  public static String pattern(String pattern) {
    return "Member must satisfy regular expression pattern: " + pattern;
  }

  public static String mapKeys(List<String> constraints) {
    return "Map keys must satisfy constraint: [" + String.join(", ", constraints) + "]";
  }

  public static String mapValues(List<String> constraints) {
    return "Map value must satisfy constraint: [" + String.join(", ", constraints) + "]";
  }
}
