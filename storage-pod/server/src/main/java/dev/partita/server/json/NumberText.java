package dev.partita.server.json;

import dev.partita.model.error.ApiException;
import dev.partita.model.value.DynamoNumber;
import java.math.BigDecimal;

/// Bridge until the model parses numbers itself.
final class NumberText {
  private NumberText() {}

  static DynamoNumber parse(String text) {
    try {
      return DynamoNumber.of(new BigDecimal(text));
    } catch (NumberFormatException _) {
      throw ApiException.validation(
          "The parameter cannot be converted to a numeric value: " + text);
    }
  }
}
