package dev.partita.server.json;

import dev.partita.model.error.ApiException;
import dev.partita.model.value.AttributeValue;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A map of attribute values as it came in a request. Its JSON types are right; whether each value
/// is a legal attribute value is known, but told only when somebody asks for the values, because
/// DynamoDB checks that after the model's constraints and in an order of each operation's own.
public final class AttributeMap {

  private final Map<String, AttributeValue> values;
  private final @Nullable Violation violation;

  /// @param values with any value in the place of an illegal one
  AttributeMap(Map<String, AttributeValue> values, @Nullable Violation violation) {
    this.values = values;
    this.violation = violation;
  }

  /// The values in the order of the request.
  ///
  /// @throws ApiException ValidationException for the first value that is not legal
  public Map<String, AttributeValue> values() {
    if (violation != null) {
      throw ApiException.validation(violation.message());
    }
    return values;
  }

  /// The first value that is not legal; null where all are.
  public @Nullable Violation violation() {
    return violation;
  }

  /// Names of all entries, of illegal values too.
  public Set<String> keys() {
    return values.keySet();
  }

  /// @param key name of the top-level attribute
  /// @param message DynamoDB's text
  public record Violation(String key, String message) {}
}
