package dev.partita.e2e.process;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Amazon's DynamoDB Local in a process of its own, in memory, with its defaults.
public final class DynamoDbLocal implements AutoCloseable {

  private final Process process;
  private final int port;

  private DynamoDbLocal(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /// @param scratch folder for its log
  public static DynamoDbLocal start(Path scratch) throws IOException, InterruptedException {
    Path lib = Jvm.root().resolve("e2e/oracle/target/lib");
    if (!Files.isDirectory(lib)) {
      throw new IllegalStateException("run `mvn process-resources` in e2e/oracle first: no " + lib);
    }
    int port = Jvm.freePort();
    Path log = scratch.resolve("dynamodb-local.log");
    Process process =
        new ProcessBuilder(
                List.of(
                    Jvm.java(),
                    "-cp",
                    lib + "/*",
                    "software.amazon.dynamodb.services.local.main.ServerRunner",
                    "-inMemory",
                    "-disableTelemetry",
                    "-port",
                    Integer.toString(port)))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Jvm.awaitPort(process, port, Duration.ofSeconds(60), log);
    return new DynamoDbLocal(process, port);
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
