package dev.partita.e2e.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.partita.e2e.wire.Signer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;

/// Requests byte by byte, with headers that an SDK would never send.
final class RawWire {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();
  private final URI address;
  private final Signer signer;

  RawWire(Endpoint endpoint) {
    this.address = endpoint.address();
    this.signer = new Signer(endpoint.keys(), endpoint.region());
  }

  /// What came back, with the bytes as they were on the wire.
  record Reply(int status, HttpResponse<byte[]> response) {

    byte[] body() {
      return response.body();
    }

    String text() {
      return new String(body(), StandardCharsets.UTF_8);
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    JsonNode json() {
      return text().isEmpty() ? MissingNode.getInstance() : Placeholders.json(text());
    }

    /// CRC-32 of the body's bytes, as the header has it.
    String crc() {
      CRC32 crc = new CRC32();
      crc.update(body());
      return Long.toString(crc.getValue());
    }
  }

  /// A signed request.
  Reply call(String operation, String json) throws IOException, InterruptedException {
    return call(operation, json.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  Reply call(String operation, byte[] body, Map<String, String> more)
      throws IOException, InterruptedException {
    Map<String, String> headers = new LinkedHashMap<>(signed(operation, body, Instant.now()));
    headers.putAll(more);
    return send("POST", "/", body, headers);
  }

  /// The headers of a signed request, to be spoilt.
  Map<String, String> signed(String operation, byte[] body, Instant at) {
    String host =
        address.getPort() < 0 ? address.getHost() : address.getHost() + ":" + address.getPort();
    return signer.headers(host, "DynamoDB_20120810." + operation, body, at);
  }

  Reply send(String method, String path, byte[] body, Map<String, String> headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.resolve(path))
            .timeout(TIMEOUT)
            .method(
                method,
                body.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    HttpResponse<byte[]> response =
        http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    return new Reply(response.statusCode(), response);
  }
}
