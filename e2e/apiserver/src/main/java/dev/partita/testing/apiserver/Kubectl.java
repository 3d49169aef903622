package dev.partita.testing.apiserver;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs kubectl as the administrator.
public final class Kubectl {

  private static final Duration MAX_RUN = Duration.ofMinutes(1);

  private final Path binary;
  private final Path config;

  private Kubectl(Path binary, Path config) {
    this.binary = binary;
    this.config = config;
  }

  static Kubectl of(Binaries binaries, Servers servers, Path folder) throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("kubeconfig"),
            """
            apiVersion: v1
            kind: Config
            clusters:
              - name: test
                cluster: { server: "%s", certificate-authority: "%s" }
            users:
              - name: admin
                user: { token: "%s" }
            contexts:
              - name: test
                context: { cluster: test, user: admin }
            current-context: test
            """
                .formatted(servers.url(), servers.certificate(), servers.token()));
    return new Kubectl(binaries.kubectl(), config);
  }

  Path config() {
    return config;
  }

  /// @param exitCode of `kubectl diff`: 0 for no difference, 1 for some
  /// @param output of both kinds
  public record Result(int exitCode, String output) {}

  /// Runs it, and waits for it.
  ///
  /// @param input what it reads, for `-f -`
  public Result run(String input, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(binary.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("KUBECONFIG", config.toString());
    Path stdin = Files.createTempFile(config.getParent(), "input", ".yaml");
    Process process = builder.redirectInput(Files.writeString(stdin, input).toFile()).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(MAX_RUN.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
      throw new IOException("kubectl " + String.join(" ", arguments) + " does not end");
    }
    Files.delete(stdin);
    return new Result(process.exitValue(), output);
  }
}
