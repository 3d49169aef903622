package dev.partita.server.operation;

import dev.partita.model.error.ErrorType;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The answer to a request: an HTTP status and JSON text in UTF-8.
///
/// @param status 200, or an error's status where the body is an error with members of its own
/// @param body may be empty; the front door adds headers, checksum and compression
/// @param error null for an answer without error
public record Reply(int status, byte[] body, @Nullable ErrorType error) {

  /// `200` with the given JSON.
  public static Reply ok(byte[] body) {
    return new Reply(200, body, null);
  }

  /// `200` with the given JSON.
  public static Reply ok(String json) {
    return ok(json.getBytes(StandardCharsets.UTF_8));
  }

  /// An error whose body has members of its own.
  public static Reply error(ErrorType type, byte[] body) {
    return new Reply(type.status(), body, type);
  }
}
