package dev.partita.cluster.peer;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// What a pod shows to the other pods, and whom it believes. Both sides show a certificate; who
/// dials also checks that it has the host name that was dialled.
///
/// @param certificate this pod's certificate and what leads from it to an authority, PEM
/// @param key its private key, PEM
/// @param authorities one or several, PEM
public record PeerTls(Buffer certificate, Buffer key, Buffer authorities) {

  private static final Set<String> PROTOCOLS = new LinkedHashSet<>(List.of("TLSv1.3", "TLSv1.2"));

  ServerSSLOptions accepting() {
    return new ServerSSLOptions()
        .setClientAuth(ClientAuth.REQUIRED)
        .setKeyCertOptions(identity())
        .setTrustOptions(trust())
        .setEnabledSecureTransportProtocols(PROTOCOLS);
  }

  ClientSSLOptions dialling() {
    return new ClientSSLOptions()
        .setHostnameVerificationAlgorithm("HTTPS")
        .setKeyCertOptions(identity())
        .setTrustOptions(trust())
        .setSslHandshakeTimeout(PeerLimits.TLS_HANDSHAKE_MILLIS)
        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
        .setEnabledSecureTransportProtocols(PROTOCOLS);
  }

  private PemKeyCertOptions identity() {
    return new PemKeyCertOptions().addCertValue(certificate).addKeyValue(key);
  }

  private PemTrustOptions trust() {
    return new PemTrustOptions().addCertValue(authorities);
  }
}
