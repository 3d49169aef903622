package dev.partita.server.auth;

import dev.partita.model.error.ApiException;

/// Says who sent a request. An instance belongs to one event loop.
public interface Authenticator {

  /// @param head the request line and headers
  /// @param body the body's bytes as they came, before any inflation
  /// @return ARN of the principal
  /// @throws ApiException one of the authentication errors
  String authenticate(RequestHead head, byte[] body);

  /// Takes everybody for the same principal: signatures are off.
  static Authenticator none(String account) {
    String everybody = "arn:aws:iam::" + account + ":root";
    return (_, _) -> everybody;
  }
}
