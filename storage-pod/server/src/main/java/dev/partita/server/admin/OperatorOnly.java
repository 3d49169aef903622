package dev.partita.server.admin;

import io.vertx.core.http.HttpServerRequest;
import java.security.cert.X509Certificate;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/// Whether somebody may see what is not for everybody. With TLS the handshake has checked whose
/// certificate it is; what is left is the name. Without TLS nobody can be told apart.
final class OperatorOnly {

  /// Common name of the operator's certificate.
  static final String NAME = "partita-operator";

  static final String REFUSAL =
      "this needs a client certificate of this cluster's own authority for " + NAME + "\n";

  private OperatorOnly() {}

  static boolean admits(HttpServerRequest request) {
    SSLSession session = request.connection().sslSession();
    if (session == null) {
      return true;
    }
    try {
      return session.getPeerCertificates()[0] instanceof X509Certificate shown
          && isOperator(shown.getSubjectX500Principal().getName());
    } catch (SSLPeerUnverifiedException none) {
      return false;
    }
  }

  /// @param subject as RFC 2253 has it
  static boolean isOperator(String subject) {
    try {
      return new LdapName(subject)
          .getRdns().stream()
              .anyMatch(
                  part -> part.getType().equalsIgnoreCase("CN") && NAME.equals(part.getValue()));
    } catch (InvalidNameException e) {
      return false;
    }
  }
}
