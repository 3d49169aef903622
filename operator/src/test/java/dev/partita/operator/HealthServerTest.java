package dev.partita.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// The operator's own port.
class HealthServerTest {

  @Test
  void saysWhetherTheOperatorIsReadyAndGivesItsMeters() throws Exception {
    AtomicBoolean ready = new AtomicBoolean();
    try (HealthServer server =
            new HealthServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                () -> true,
                ready::get,
                () -> "meter 1\n");
        HttpClient client = HttpClient.newHttpClient()) {
      server.start();

      assertThat(get(client, server, "/healthz").statusCode()).isEqualTo(200);
      assertThat(get(client, server, "/readyz").statusCode()).isEqualTo(503);
      ready.set(true);
      assertThat(get(client, server, "/readyz").statusCode()).isEqualTo(200);
      assertThat(get(client, server, "/metrics").body()).isEqualTo("meter 1\n");
    }
  }

  private static HttpResponse<String> get(HttpClient client, HealthServer server, String path)
      throws Exception {
    URI uri =
        URI.create(
            "http://"
                + InetAddress.getLoopbackAddress().getHostAddress()
                + ":"
                + server.port()
                + path);
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }
}
