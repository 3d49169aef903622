package dev.partita.bench;

import dev.partita.e2e.wire.Signer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Whole HTTP requests, signed ahead, for `replay.lua`: a decimal length, a newline, then that many
/// bytes, again and again. Signing ahead keeps the load generator cheap; signatures live 15
/// minutes.
final class RequestFile {

  private RequestFile() {}

  /// @param bodies JSON bodies of one operation
  static void write(Path file, URI endpoint, Signer signer, String operation, List<String> bodies)
      throws IOException {
    String host = endpoint.getHost() + ":" + endpoint.getPort();
    Instant now = Instant.now();
    try (OutputStream out = Files.newOutputStream(file)) {
      for (String json : bodies) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers =
            signer.headers(host, "DynamoDB_20120810." + operation, body, now);
        writeOne(out, host, "/", headers, body);
      }
    }
  }

  /// The same without signature, for servers that speak plain JSON.
  static void writePlain(Path file, URI endpoint, String path, List<String> bodies)
      throws IOException {
    String host = endpoint.getHost() + ":" + endpoint.getPort();
    try (OutputStream out = Files.newOutputStream(file)) {
      for (String json : bodies) {
        writeOne(
            out,
            host,
            path,
            Map.of("Content-Type", "application/json"),
            json.getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private static void writeOne(
      OutputStream out, String host, String path, Map<String, String> headers, byte[] body)
      throws IOException {
    StringBuilder head = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: " + host + "\r\n");
    headers.forEach((k, v) -> head.append(k).append(": ").append(v).append("\r\n"));
    head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    request.writeBytes(body);
    out.write((request.size() + "\n").getBytes(StandardCharsets.US_ASCII));
    request.writeTo(out);
  }
}
