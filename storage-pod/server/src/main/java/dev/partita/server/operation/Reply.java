package dev.partita.server.operation;

import java.nio.charset.StandardCharsets;

/// The answer to a request: an HTTP status and JSON text in UTF-8.
///
/// @param status 200, or an error's status where the body is an error with members of its own
/// @param body may be empty; the front door adds headers, checksum and compression
public record Reply(int status, byte[] body) {

  /// `200` with the given JSON.
  public static Reply ok(byte[] body) {
    return new Reply(200, body);
  }

  /// `200` with the given JSON.
  public static Reply ok(String json) {
    return ok(json.getBytes(StandardCharsets.UTF_8));
  }
}
