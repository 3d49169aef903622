package dev.partita.operator.pods;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.partita.operator.pods.PodReports.Answer;
import dev.partita.operator.pods.PodReports.Answer.Silent;
import dev.partita.operator.pods.PodReports.Answer.Told;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Speaks to the admin ports of one cluster's pods.
final class PodAdmin {

  /// For all of an answer, to its last byte.
  static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(4);

  /// A report is some 500 bytes a partition.
  private static final int MAX_REPORT_BYTES = 16 * 1024 * 1024;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http;
  private final int port;
  private final Duration timeout;

  PodAdmin(HttpClient http, int port, Duration timeout) {
    this.http = http;
    this.port = port;
    this.timeout = timeout;
  }

  /// Asks one pod. Blocks.
  Answer ask(String host) {
    try {
      HttpResponse<byte[]> pod = get(host, "/pod");
      if (pod.statusCode() != HttpURLConnection.HTTP_OK) {
        return new Silent("GET /pod is answered with status " + pod.statusCode());
      }
      PodReport report = JSON.readValue(pod.body(), PodReport.class);
      HttpResponse<byte[]> partitions = get(host, "/partitions");
      return new Told(
          report,
          partitions.statusCode() == HttpURLConnection.HTTP_OK
              ? JSON.readValue(partitions.body(), PartitionsReport.class)
              : null);
    } catch (IOException e) {
      return new Silent(String.valueOf(e.getMessage() == null ? e : e.getMessage()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Silent("the operator is stopping");
    }
  }

  /// The deadline is not the request's own: that one ends when the headers have come.
  private HttpResponse<byte[]> get(String host, String path)
      throws IOException, InterruptedException {
    URI uri = URI.create("https://" + host + ":" + port + path);
    HttpRequest request = HttpRequest.newBuilder(uri).GET().build();
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(
            request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_REPORT_BYTES));
    try {
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException("GET " + path + " is not answered within " + timeout, e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
    } finally {
      // Of one that is over this does nothing; of any other it closes the connection.
      answer.cancel(true);
    }
  }
}
