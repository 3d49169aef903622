package dev.partita.server.item;

import dev.partita.model.error.ApiException;
import dev.partita.model.error.QueryTexts;
import org.jspecify.annotations.Nullable;

/// `Select` of `Query` and `Scan`.
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
          throw ApiException.validation(QueryTexts.PROJECTED_WITHOUT_INDEX);
        }
      }
      case COUNT -> refuse(projection, "only the Count");
      case SPECIFIC_ATTRIBUTES -> {
        if (projection == null) {
          throw ApiException.validation(QueryTexts.SPECIFIC_WITHOUT_NAMES);
        }
      }
    }
    return select;
  }

  private static void refuse(@Nullable String projection, String what) {
    if (projection != null) {
      throw ApiException.validation(QueryTexts.projectionBeside(projection, what));
    }
  }
}
