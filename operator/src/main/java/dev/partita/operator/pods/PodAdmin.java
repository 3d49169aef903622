package dev.partita.operator.pods;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.partita.operator.pods.PodReports.Answer;
import dev.partita.operator.pods.PodReports.Answer.Silent;
import dev.partita.operator.pods.PodReports.Answer.Told;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// Speaks to the admin ports of one cluster's pods.
final class PodAdmin {

  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(4);

  /// A report is some 500 bytes a partition.
  private static final int MAX_REPORT_BYTES = 16 * 1024 * 1024;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http;
  private final int port;

  PodAdmin(HttpClient http, int port) {
    this.http = http;
    this.port = port;
  }

  /// Asks one pod. Blocks.
  Answer ask(String host) {
    try {
      HttpResponse<InputStream> pod = get(host, "/pod");
      if (pod.statusCode() != 200) {
        pod.body().close();
        return new Silent("GET /pod is answered with status " + pod.statusCode());
      }
      PodReport report = read(pod, PodReport.class);
      HttpResponse<InputStream> partitions = get(host, "/partitions");
      if (partitions.statusCode() != 200) {
        partitions.body().close();
        return new Told(report, null);
      }
      return new Told(report, read(partitions, PartitionsReport.class));
    } catch (IOException e) {
      return new Silent(String.valueOf(e.getMessage() == null ? e : e.getMessage()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Silent("the operator is stopping");
    }
  }

  private HttpResponse<InputStream> get(String host, String path)
      throws IOException, InterruptedException {
    URI uri = URI.create("https://" + host + ":" + port + path);
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(REQUEST_TIMEOUT).GET().build();
    return http.send(request, BodyHandlers.ofInputStream());
  }

  private static <T> T read(HttpResponse<InputStream> response, Class<T> type) throws IOException {
    try (InputStream body = response.body()) {
      byte[] bytes = body.readNBytes(MAX_REPORT_BYTES + 1);
      if (bytes.length > MAX_REPORT_BYTES) {
        throw new IOException("a report of more than " + MAX_REPORT_BYTES + " bytes");
      }
      return JSON.readValue(bytes, type);
    }
  }
}
