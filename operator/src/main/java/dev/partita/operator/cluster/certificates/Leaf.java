package dev.partita.operator.cluster.certificates;

import dev.partita.operator.tls.KeyedCertificate;
import dev.partita.operator.tls.LeafRequest;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// One certificate that the operator makes, and the Secret that it is in.
///
/// @param secret its name
/// @param request what it should say
public record Leaf(String secret, LeafRequest request) {

  /// On the Secret: the token of the rotation that it was made for.
  public static final String ROTATED_FOR = "partita.dev/rotated-for";

  /// Why a certificate must be made; empty if the one that is there will do.
  ///
  /// @param there the Secret's texts; empty if there is none
  /// @param rotatedFor the token that stands on the Secret
  /// @param token that is asked for; empty for none
  Optional<String> reissue(
      Map<String, String> there,
      String rotatedFor,
      String token,
      Authorities authorities,
      Instant now) {
    String certificate = there.get("tls.crt");
    String key = there.get("tls.key");
    if (certificate == null || key == null) {
      return Optional.of("there was none");
    }
    KeyedCertificate leaf;
    try {
      leaf = KeyedCertificate.read(certificate, key);
    } catch (GeneralSecurityException e) {
      return Optional.of("the one that was there made no sense: " + e.getMessage());
    }
    if (!leaf.issuedBy(authorities.current().own().certificate())) {
      return Optional.of("the authority has changed");
    }
    // With a new certificate pods show that they have read the new authorities too.
    if (!authorities.bundle().equals(there.get("ca.crt"))) {
      return Optional.of("the authorities to be trusted have changed");
    }
    if (!leaf.names().equals(request.names())) {
      return Optional.of("its names have changed");
    }
    if (!now.isBefore(leaf.renewAt())) {
      return Optional.of("two thirds of its life are over");
    }
    if (!token.isEmpty() && !token.equals(rotatedFor)) {
      return Optional.of("a rotation was asked for");
    }
    return Optional.empty();
  }
}
