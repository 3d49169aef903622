package dev.partita.server.json;

import dev.partita.model.error.ApiException;
import dev.partita.model.error.ErrorType;

/// Errors of the JSON layer.
final class Serialization {

  private Serialization() {}

  /// @param text DynamoDB's text; empty where the answer carries none
  static ApiException error(String text) {
    return new ApiException(ErrorType.SERIALIZATION, text);
  }
}
