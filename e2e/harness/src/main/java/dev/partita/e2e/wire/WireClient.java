package dev.partita.e2e.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Speaks the wire protocol with nothing hidden: one request, one answer, no retries.
public final class WireClient implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http;
  private final URI endpoint;
  private final Signer signer;
  private final Duration timeout;

  public WireClient(URI endpoint, Credentials credentials, String region, Duration timeout) {
    this(endpoint, credentials, region, timeout, null);
  }

  /// @param tls what to trust; null for the JVM's own
  public WireClient(
      URI endpoint,
      Credentials credentials,
      String region,
      Duration timeout,
      @Nullable SSLContext tls) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2));
    this.http = tls == null ? builder.build() : builder.sslContext(tls).build();
    this.endpoint = endpoint;
    this.signer = new Signer(credentials, region);
    this.timeout = timeout;
  }

  /// @param body an empty answer body reads as a missing node
  public record Answer(int status, HttpHeaders headers, String text, JsonNode body) {
    public boolean ok() {
      return status == 200;
    }

    /// The part of `__type` behind `#`; empty where there is none.
    public String errorType() {
      String type = body.path("__type").asText("");
      return type.substring(type.indexOf('#') + 1);
    }

    public String errorMessage() {
      return body.path("message").asText(body.path("Message").asText(""));
    }
  }

  /// @throws IOException if no whole answer came: the outcome is unknown
  public Answer call(String operation, String json) throws IOException, InterruptedException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    String target = "DynamoDB_20120810." + operation;
    String host = endpoint.getHost() + ":" + endpoint.getPort();
    Map<String, String> headers = signer.headers(host, target, body, Instant.now());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint)
            .timeout(timeout)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    HttpResponse<String> response =
        http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    return new Answer(
        response.statusCode(), response.headers(), response.body(), parse(response.body()));
  }

  private static JsonNode parse(String text) {
    try {
      return text.isEmpty() ? JSON.missingNode() : JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return JSON.missingNode();
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }
}
