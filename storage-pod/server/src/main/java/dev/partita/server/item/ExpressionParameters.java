package dev.partita.server.item;

import dev.partita.model.error.ApiException;
import dev.partita.model.error.PlaceholderTexts;
import dev.partita.model.expression.Condition;
import dev.partita.model.expression.ExpressionParser;
import dev.partita.model.expression.Path;
import dev.partita.model.expression.Placeholders;
import dev.partita.model.expression.Update;
import dev.partita.model.value.AttributeValue;
import dev.partita.server.json.AttributeMap;
import dev.partita.server.json.Structure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The expressions of one request with their placeholders, and the parameters that were there
/// before expressions. The checks come in steps, because other parameters of a request are checked
/// between them: {@link #of} looks at what is there, {@link #checkPlaceholders} finds placeholders
/// without expressions, {@link #open} looks into the placeholders, then each expression is parsed,
/// and {@link #close} finds what none of them used.
final class ExpressionParameters {

  private static final String NAMES = "ExpressionAttributeNames";
  private static final String VALUES = "ExpressionAttributeValues";

  private static final String PROJECTION = "ProjectionExpression";

  private final Structure request;
  private final List<String> kinds;
  private final boolean takesValues;
  private final boolean hasExpressions;
  private Placeholders placeholders = Placeholders.none();

  private ExpressionParameters(
      Structure request, List<String> kinds, boolean takesValues, boolean hasExpressions) {
    this.request = request;
    this.kinds = kinds;
    this.takesValues = takesValues;
    this.hasExpressions = hasExpressions;
  }

  /// @param kinds the operation's expressions, in the order in which error texts name them
  /// @param legacy the operation's parameters from before expressions that may not stand beside
  ///   them
  /// @throws ApiException for expressions beside older parameters
  static ExpressionParameters of(
      Structure request, List<String> kinds, List<String> legacy, boolean takesValues) {
    List<String> expressions = present(request, kinds);
    List<String> older = present(request, legacy);
    if (!expressions.isEmpty() && !older.isEmpty()) {
      throw ApiException.validation(PlaceholderTexts.twoFamilies(older, expressions));
    }
    return new ExpressionParameters(request, kinds, takesValues, !expressions.isEmpty());
  }

  private static List<String> present(Structure request, List<String> members) {
    List<String> present = List.of();
    for (String member : members) {
      if (request.hasContent(member)) {
        present = present.isEmpty() ? new ArrayList<>() : present;
        present.add(member);
      }
    }
    return present;
  }

  /// @throws ApiException for placeholders where no expression is
  void checkPlaceholders() {
    if (!hasExpressions && request.hasContent(NAMES)) {
      throw ApiException.validation(PlaceholderTexts.withoutExpression(NAMES));
    }
    if (!takesValues || !request.hasContent(VALUES)) {
      return;
    }
    // A projection has no values.
    List<String> withValues = new ArrayList<>(kinds);
    withValues.remove(PROJECTION);
    if (present(request, withValues).isEmpty()) {
      throw ApiException.validation(PlaceholderTexts.withoutExpression(VALUES, withValues));
    }
  }

  /// Checks names, then keys of values, then values. Where no expression is, there are none.
  void open() {
    if (!hasExpressions) {
      return;
    }
    Map<String, String> names = request.textMap(NAMES);
    AttributeMap values = takesValues ? request.attributes(VALUES) : null;
    if (names != null) {
      Placeholders.checkNames(names);
    }
    if (values != null) {
      Placeholders.checkValueKeys(values.keys());
      AttributeMap.Violation violation = values.violation();
      if (violation != null) {
        throw Placeholders.invalidValue(violation.message(), violation.key());
      }
    }
    if (names != null || values != null) {
      Map<String, String> sound = names == null ? Map.of() : names;
      Map<String, AttributeValue> read = values == null ? Map.of() : values.values();
      Placeholders.checkSizes(sound, read);
      placeholders = new Placeholders(sound, read);
    }
  }

  /// @param kind `ConditionExpression`, `FilterExpression` or `KeyConditionExpression`
  /// @return null where the request does not have it
  @Nullable Condition condition(String kind) {
    String text = request.text(kind);
    return text == null ? null : ExpressionParser.condition(kind, text, placeholders);
  }

  /// @return null where the request does not have it
  @Nullable Update update() {
    String text = request.text("UpdateExpression");
    return text == null ? null : ExpressionParser.update(text, placeholders);
  }

  /// @return null for the whole item
  @Nullable List<Path> projection() {
    String text = request.text(PROJECTION);
    return text == null ? null : ExpressionParser.projection(text, placeholders);
  }

  /// All expressions are parsed.
  void close() {
    placeholders.checkAllUsed();
  }
}
