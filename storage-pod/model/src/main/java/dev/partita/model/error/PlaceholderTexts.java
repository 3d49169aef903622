package dev.partita.model.error;

import java.util.Collection;
import java.util.List;

/// Texts on `ExpressionAttributeNames` and `ExpressionAttributeValues`, and on expressions beside
/// the parameters that were there before them.
public final class PlaceholderTexts {

  public static final String EMPTY_KEY = "The expression attribute map contains an empty key;";

  private PlaceholderTexts() {}

  public static String twoFamilies(List<String> older, List<String> expressions) {
    return "Can not use both expression and non-expression parameters in the same request: "
        + "Non-expression parameters: {"
        + String.join(", ", older)
        + "} Expression parameters: {"
        + String.join(", ", expressions)
        + "}";
  }

  /// Placeholders where no expression is.
  public static String withoutExpression(String parameter) {
    return parameter + " can only be specified when using expressions";
  }

  /// @param expressions that could use values
  public static String withoutExpression(String parameter, List<String> expressions) {
    return withoutExpression(parameter)
        + ": "
        + String.join(" and ", expressions)
        + (expressions.size() == 1 ? " is null" : " are null");
  }

  public static String empty(String parameter) {
    return parameter + " must not be empty";
  }

  public static String tooLarge(String parameter) {
    return parameter + " exceeds max size";
  }

  public static String invalidKey(String parameter, String problem) {
    return parameter + " contains invalid key: " + problem;
  }

  public static String keyTooLong(int length) {
    return "The expression attribute map contains a key that is too long; size of key: " + length;
  }

  public static String noPlaceholder(String key) {
    return "Syntax error; key: \"" + key + "\"";
  }

  /// @param reason with no full stop behind
  public static String invalidValue(String parameter, String reason, String key) {
    return parameter + " contains invalid value: " + reason + " for key " + key;
  }

  public static String unused(String parameter, Collection<String> keys) {
    return "Value provided in "
        + parameter
        + " unused in expressions: keys: {"
        + String.join(", ", keys)
        + "}";
  }
}
