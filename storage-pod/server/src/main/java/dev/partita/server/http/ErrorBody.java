package dev.partita.server.http;

import dev.partita.model.error.ApiException;
import dev.partita.model.error.ErrorType;
import dev.partita.server.json.JsonBuffer;

/// The JSON of an error: `{"__type":"<namespace>#<Name>","message":"…"}`. The text's key is
/// `Message` for SerializationException; an error without a text has no such member.
final class ErrorBody {

  private ErrorBody() {}

  static byte[] of(ApiException error) {
    return of(error.type(), error.getMessage());
  }

  static byte[] of(ErrorType type, String message) {
    JsonBuffer json = new JsonBuffer().startObject().name("__type").string(type.wireName());
    if (!message.isEmpty()) {
      json.name(type == ErrorType.SERIALIZATION ? "Message" : "message").string(message);
    }
    return json.endObject().toByteArray();
  }
}
