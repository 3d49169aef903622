package dev.partita.operator.pods;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/// What it takes to talk to a cluster as its operator.
///
/// @param endpoint of the DynamoDB API
/// @param region that requests are signed for
/// @param accessKeyId the operator's own key, known to every pod
/// @param secretAccessKey its secret
/// @param endpointCa PEM of the CAs that the endpoint's certificate may be signed by; null when the
///   endpoint speaks plain HTTP, or when its issuer gave no CA and those of the system are meant
public record Connection(
    URI endpoint,
    String region,
    String accessKeyId,
    String secretAccessKey,
    @Nullable String endpointCa) {

  /// Who the operator is on the pods' admin ports: a client certificate, all in PEM.
  ///
  /// @param certificate whose subject is `CN=partita-operator`
  /// @param key its PKCS #8 private key
  /// @param ca the CAs that the pods' own certificates may be signed by
  public record ClientIdentity(String certificate, String key, String ca) {
    @Override
    public String toString() {
      return "ClientIdentity[…]";
    }
  }

  /// Without what is secret: records find their ways into logs.
  @Override
  public String toString() {
    return "Connection[" + endpoint + " as " + accessKeyId + "]";
  }
}
