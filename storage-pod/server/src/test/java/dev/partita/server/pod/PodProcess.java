package dev.partita.server.pod;

import dev.partita.server.Main;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// `partita pod` in a process of its own, on an address of its own.
final class PodProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long END_SECONDS = 40;

  private final Process process;
  private final String address;
  private final Ports ports;

  /// @param requests the same on every address, as in Kubernetes
  record Ports(int requests, int admin) {}

  private PodProcess(Process process, String address, Ports ports) {
    this.process = process;
    this.address = address;
    this.ports = ports;
  }

  /// @param hosts what the process knows of names, as `/etc/hosts`
  /// @param options of the verb
  static PodProcess start(Path hosts, String address, Ports ports, Path log, List<String> options)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-Djdk.net.hosts.file=" + hosts,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "pod",
                "--host",
                address,
                "--port",
                Integer.toString(ports.requests()),
                "--admin-port",
                Integer.toString(ports.admin())));
    command.addAll(options);
    return new PodProcess(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start(),
        address,
        ports);
  }

  URI endpoint() {
    return URI.create("https://" + address + ":" + ports.requests());
  }

  /// What the admin port says; empty while it says nothing.
  String admin(HttpClient client, String path) throws InterruptedException {
    URI uri = URI.create("https://" + address + ":" + ports.admin() + path);
    try {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(uri).timeout(PATIENCE).build(),
              HttpResponse.BodyHandlers.ofString());
      return answer.body();
    } catch (IOException notThere) {
      return "";
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /// SIGTERM, as Kubernetes sends it.
  void terminate() {
    process.destroy();
  }

  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /// Waits for the end.
  int exitCode() throws InterruptedException {
    if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("the pod on " + address + " does not end");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    kill();
  }
}
