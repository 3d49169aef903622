package dev.partita.server.cli.local;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;

/// Asks a pod's admin port whether it is ready.
public final class Readiness {

  private static final Duration POLL = Duration.ofMillis(50);
  private static final int ANSWER_MILLIS = 2_000;
  private static final int HTTP_OK = 200;

  private Readiness() {}

  /// Whether the pod says now that it is ready.
  public static boolean of(LocalPod pod) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection)
              URI.create("http://127.0.0.1:" + pod.adminPort() + "/ready").toURL().openConnection();
      connection.setConnectTimeout(ANSWER_MILLIS);
      connection.setReadTimeout(ANSWER_MILLIS);
      try {
        return connection.getResponseCode() == HTTP_OK;
      } finally {
        connection.disconnect();
      }
    } catch (IOException notYet) {
      return false;
    }
  }

  /// Waits until the pod is ready.
  ///
  /// @return false when the time is over
  /// @throws IOException if its process ends first; the message holds its last words
  public static boolean await(LocalPod pod, ProcessHandle process, Duration limit)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!of(pod)) {
      if (!process.isAlive()) {
        throw new IOException(pod.name() + " ended: " + lastWords(pod));
      }
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.sleep(POLL);
    }
    return true;
  }

  private static String lastWords(LocalPod pod) throws IOException {
    List<String> lines = Files.readAllLines(pod.log(), StandardCharsets.UTF_8);
    for (String line : lines.reversed()) {
      if (!line.isBlank()) {
        return line.strip() + " (all of it in " + pod.log() + ")";
      }
    }
    return "it said nothing";
  }
}
