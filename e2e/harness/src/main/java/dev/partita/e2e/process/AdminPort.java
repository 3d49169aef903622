package dev.partita.e2e.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// What a pod says of itself on its second port. A pod that does not answer has nothing to say.
public final class AdminPort implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int HTTP_OK = 200;

  private final URI port;
  private final HttpClient http;

  public AdminPort(URI port) {
    this(port, null);
  }

  /// @param tls whom to trust and who to be; null for plain HTTP
  public AdminPort(URI port, @Nullable SSLContext tls) {
    this.port = port;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2));
    this.http = tls == null ? builder.build() : builder.sslContext(tls).build();
  }

  /// The sum over one replica.
  ///
  /// @param index position: log index
  /// @param epoch position: leadership
  /// @param sum hexadecimal
  public record Sum(long index, long epoch, long rows, String sum) {}

  public boolean ready() throws InterruptedException {
    return get("/ready").isPresent();
  }

  /// What the pod is and what it uses.
  public Optional<JsonNode> pod() throws InterruptedException {
    return json("/pod");
  }

  /// The report of partitions.
  public Optional<JsonNode> partitions() throws InterruptedException {
    return json("/partitions");
  }

  /// @param group `catalog` or `partitions/7`
  /// @return empty while the pod is busy, has no such replica or does not answer
  public Optional<Sum> checksum(String group) throws InterruptedException {
    return json("/" + group + "/checksum")
        .map(
            sum ->
                new Sum(
                    sum.path("index").asLong(-1),
                    sum.path("epoch").asLong(-1),
                    sum.path("rows").asLong(-1),
                    sum.path("sum").asText("")));
  }

  private Optional<JsonNode> json(String path) throws InterruptedException {
    return get(path)
        .map(
            body -> {
              try {
                return JSON.readTree(body);
              } catch (IOException e) {
                throw new IllegalStateException(port + path + " is not JSON: " + body, e);
              }
            });
  }

  private Optional<String> get(String path) throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(port.resolve(path)).timeout(PATIENCE).build();
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == HTTP_OK ? Optional.of(answer.body()) : Optional.empty();
    } catch (IOException noAnswer) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }
}
