package dev.partita.server.auth;

import io.vertx.core.MultiMap;

/// What a signature covers besides the body.
///
/// @param method for example `POST`
/// @param path as it came, still percent-encoded
/// @param query as it came, without the question mark; empty for none
/// @param headers by any case of their names
public record RequestHead(String method, String path, String query, MultiMap headers) {}
