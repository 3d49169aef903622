package dev.partita.server.tls;

import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Makes an HTTP server speak TLS.
public final class ServerTls {

  private ServerTls() {}

  /// @param handshake how long a client may take for it
  public static void secure(HttpServerOptions options, ServerSSLOptions tls, Duration handshake) {
    options
        .setSsl(true)
        // HTTP/2 is neither needed by any SDK nor watched over by our bounds.
        .setUseAlpn(false)
        .setClientAuth(tls.getClientAuth())
        .setKeyCertOptions(tls.getKeyCertOptions())
        .setEnabledSecureTransportProtocols(tls.getEnabledSecureTransportProtocols())
        .setSslHandshakeTimeout(handshake.toMillis())
        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
    if (tls.getTrustOptions() != null) {
      options.setTrustOptions(tls.getTrustOptions());
    }
  }
}
