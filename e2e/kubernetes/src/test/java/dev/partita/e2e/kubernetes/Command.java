package dev.partita.e2e.kubernetes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Runs a program as a user would.
final class Command {

  private static final Duration LIMIT = Duration.ofMinutes(5);

  private Command() {}

  /// @param output what it printed, its errors too
  record Result(int exit, String output) {

    /// @return the output, if it went well
    String ok() {
      if (exit != 0) {
        throw new AssertionError("exit " + exit + ": " + output);
      }
      return output;
    }
  }

  /// @param input for its standard input; null for none
  static Result run(List<String> line, Map<String, String> environment, @Nullable String input)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("command", ".out");
    Path in = Files.createTempFile("command", ".in");
    try {
      Files.writeString(in, input == null ? "" : input);
      ProcessBuilder builder =
          new ProcessBuilder(line)
              .redirectErrorStream(true)
              .redirectOutput(out.toFile())
              .redirectInput(in.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(line + ": not over after " + LIMIT);
      }
      return new Result(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8));
    } finally {
      Files.deleteIfExists(out);
      Files.deleteIfExists(in);
    }
  }
}
