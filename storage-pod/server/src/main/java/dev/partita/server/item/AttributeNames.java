package dev.partita.server.item;

import dev.partita.model.error.ApiException;
import dev.partita.model.error.AttributeTexts;
import dev.partita.model.expression.ExpressionLimits;
import dev.partita.model.value.ItemSize;

/// Names of attributes where a parameter gives them bare.
final class AttributeNames {

  private AttributeNames() {}

  /// @throws ApiException VALIDATION for an empty or an overlong name
  static void check(String name) {
    if (name.isEmpty()) {
      throw ApiException.validation(AttributeTexts.EMPTY_NAME);
    }
    if (ItemSize.utf8Length(name) > ExpressionLimits.MAX_ATTRIBUTE_NAME_BYTES) {
      throw ApiException.validation(AttributeTexts.NAME_TOO_LONG);
    }
  }
}
