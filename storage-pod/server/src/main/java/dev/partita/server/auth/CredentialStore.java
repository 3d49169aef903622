package dev.partita.server.auth;

import org.jspecify.annotations.Nullable;

/// Where secret keys are looked up. Called for every request on an event loop: answers from memory,
/// from any thread.
@FunctionalInterface
public interface CredentialStore {

  /// @return null for a key that is not known
  @Nullable SecretKey find(String accessKeyId);
}
