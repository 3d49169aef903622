package dev.partita.e2e.process;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A main class of this JVM's class path, run in a process of its own that listens on a port.
public final class JavaProcess implements AutoCloseable {

  private final Process process;
  private final int port;

  private JavaProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /// @param options for the JVM
  /// @param main class name; its first argument is the port
  /// @param more its further arguments
  public static JavaProcess start(Path log, List<String> options, String main, String... more)
      throws IOException, InterruptedException {
    int port = Jvm.freePort();
    List<String> command = new ArrayList<>(List.of(Jvm.java()));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    command.add(Integer.toString(port));
    command.addAll(List.of(more));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    Jvm.awaitPort(process, port, Duration.ofSeconds(60), log);
    return new JavaProcess(process, port);
  }

  public URI endpoint() {
    return Jvm.loopback(port);
  }

  public long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    Jvm.end(process);
  }
}
