package dev.partita.bench;

import dev.partita.e2e.wire.Signer;
import java.io.BufferedOutputStream;
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

  static void write(Path file, URI endpoint, Signer signer, List<Workload.Call> calls)
      throws IOException {
    String host = endpoint.getHost() + ":" + endpoint.getPort();
    Instant now = Instant.now();
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      for (Workload.Call call : calls) {
        byte[] body = call.body().getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers =
            signer.headers(host, "DynamoDB_20120810." + call.operation(), body, now);
        writeOne(out, host, "/", headers, body);
      }
    }
  }

  /// The same without signature, for servers that speak plain JSON: operations are paths.
  static void writePlain(Path file, URI endpoint, List<Workload.Call> calls) throws IOException {
    String host = endpoint.getHost() + ":" + endpoint.getPort();
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      for (Workload.Call call : calls) {
        writeOne(
            out,
            host,
            call.operation(),
            Map.of("Content-Type", "application/json"),
            call.body().getBytes(StandardCharsets.UTF_8));
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
