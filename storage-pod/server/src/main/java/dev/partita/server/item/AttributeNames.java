package dev.partita.server.item;

import dev.partita.model.error.ApiException;
import dev.partita.model.expression.ExpressionLimits;
import dev.partita.model.value.ItemSize;

/// Names of attributes where a parameter gives them bare.
final class AttributeNames {

  private AttributeNames() {}

  /// @throws ApiException VALIDATION for an empty or an overlong name
  static void check(String name) {
    if (name.isEmpty()) {
      throw ApiException.validation("Empty attribute name");
    }
    if (ItemSize.utf8Length(name) > ExpressionLimits.MAX_ATTRIBUTE_NAME_BYTES) {
      throw ApiException.validation("Attribute name is too large, must be less than 65536 bytes");
    }
  }
}
