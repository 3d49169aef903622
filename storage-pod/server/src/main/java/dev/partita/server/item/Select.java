package dev.partita.server.item;

import dev.partita.model.error.ApiException;
import org.jspecify.annotations.Nullable;

/// `Select` of `Query` and `Scan`. Source of texts: DynamoDB Local and recordings of the service.
enum Select {
  ALL_ATTRIBUTES,
  ALL_PROJECTED_ATTRIBUTES,
  SPECIFIC_ATTRIBUTES,
  COUNT;

  /// What is meant.
  ///
  /// @param text of the request, null for none
  /// @param projection parameter that names attributes, null where the request has none
  /// @param onIndex whether an index is read
  /// @throws ApiException VALIDATION for parameters that do not go together
  static Select of(@Nullable String text, @Nullable String projection, boolean onIndex) {
    if (text == null) {
      return projection != null
          ? SPECIFIC_ATTRIBUTES
          : onIndex ? ALL_PROJECTED_ATTRIBUTES : ALL_ATTRIBUTES;
    }
    Select select = valueOf(text);
    switch (select) {
      case ALL_ATTRIBUTES -> refuse(projection, text);
      case ALL_PROJECTED_ATTRIBUTES -> {
        refuse(projection, text);
        if (!onIndex) {
          throw ApiException.validation(
              "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName");
        }
      }
      case COUNT -> refuse(projection, "only the Count");
      case SPECIFIC_ATTRIBUTES -> {
        if (projection == null) {
          throw ApiException.validation(
              "Must specify the AttributesToGet or ProjectionExpression when choosing to get"
                  + " SPECIFIC_ATTRIBUTES");
        }
      }
    }
    return select;
  }

  private static void refuse(@Nullable String projection, String what) {
    if (projection != null) {
      throw ApiException.validation(
          "Cannot specify the " + projection + " when choosing to get " + what);
    }
  }
}
