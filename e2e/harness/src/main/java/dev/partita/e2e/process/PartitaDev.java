package dev.partita.e2e.process;

import dev.partita.e2e.wire.Credentials;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// `./partita dev` as a user starts it: one node, signed requests, durable writes.
public final class PartitaDev implements AutoCloseable {

  public static final Credentials CREDENTIALS =
      new Credentials("TESTACCESSKEY1234567", "testsecretkeytestsecretkeytestsecretkey1");
  public static final String REGION = "local-1";

  /// The first start after a build also rehearses one, for the class archive.
  private static final Duration START_LIMIT = Duration.ofMinutes(3);

  private final Process process;
  private final int port;
  private final int adminPort;

  private PartitaDev(Process process, int port, int adminPort) {
    this.process = process;
    this.port = port;
    this.adminPort = adminPort;
  }

  /// @param data its data folder
  /// @param log file for what it prints
  /// @param more further arguments of `dev`
  public static PartitaDev start(Path data, Path log, String... more)
      throws IOException, InterruptedException {
    return start(Jvm.freePort(), data, log, more);
  }

  public static PartitaDev start(int port, Path data, Path log, String... more)
      throws IOException, InterruptedException {
    int adminPort = Jvm.freePort();
    List<String> command =
        new ArrayList<>(
            List.of(
                Jvm.root().resolve("partita").toString(),
                "dev",
                "--port",
                Integer.toString(port),
                "--admin-port",
                Integer.toString(adminPort),
                "--data",
                data.toString()));
    command.addAll(List.of(more));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().put("PARTITA_ACCESS_KEY_ID", CREDENTIALS.accessKeyId());
    builder.environment().put("PARTITA_SECRET_ACCESS_KEY", CREDENTIALS.secretAccessKey());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    Jvm.awaitPort(process, port, START_LIMIT, log);
    return new PartitaDev(process, port, adminPort);
  }

  public URI endpoint() {
    return Jvm.loopback(port);
  }

  public URI admin() {
    return Jvm.loopback(adminPort);
  }

  public int port() {
    return port;
  }

  public long pid() {
    return process.pid();
  }

  /// `kill -9`; returns when the process is gone.
  public void kill() {
    Jvm.end(process);
  }

  /// Asks it to end, as Ctrl-C does.
  public void stop() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }

  @Override
  public void close() {
    kill();
  }
}
