package dev.partita.testing.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// Runs Helm in a folder of its own, so that nothing of the user's is read or changed.
final class Helm {

  private static final long MAX_RUN_SECONDS = 120;

  private static final String MISSING =
      "There is no helm on this machine: run `./partita kube tools` once, or put helm on the PATH.";

  private final Path binary;
  private final Path home;

  private Helm(Path binary, Path home) {
    this.binary = binary;
    this.home = home;
  }

  /// Aborts the test with one sentence where there is none.
  static Helm in(Path home) {
    Optional<Path> helm = Binaries.find().flatMap(Binaries::helm);
    if (helm.isEmpty()) {
      System.err.println("SKIPPED: " + MISSING);
      Assumptions.abort(MISSING);
    }
    return new Helm(helm.orElseThrow(), home);
  }

  record Result(int exitCode, String output, String errors) {}

  Result run(String... arguments) throws IOException, InterruptedException {
    return runWith(null, List.of(arguments));
  }

  Result run(Path kubeconfig, String... arguments) throws IOException, InterruptedException {
    return runWith(kubeconfig, List.of(arguments));
  }

  private Result runWith(@org.jspecify.annotations.Nullable Path kubeconfig, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(binary.toString()));
    command.addAll(arguments);
    Path errors = Files.createTempFile(home, "helm", ".err");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder.environment().put("HOME", home.toString());
    builder.environment().remove("XDG_CACHE_HOME");
    builder.environment().put("KUBECONFIG", kubeconfig == null ? "" : kubeconfig.toString());
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(MAX_RUN_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("helm " + String.join(" ", arguments) + " does not end");
    }
    return new Result(process.exitValue(), output, Files.readString(errors));
  }

  /// Runs it, and has to succeed.
  String ok(String... arguments) throws IOException, InterruptedException {
    return succeeded(run(arguments));
  }

  static String succeeded(Result result) {
    assertThat(result.exitCode()).as(result.output() + result.errors()).isZero();
    return result.output();
  }
}
