package dev.partita.kube.tools;

import dev.partita.kube.ClusterException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A program that runs to its end while the caller waits.
public final class Command {

  private Command() {}

  /// How it ended.
  ///
  /// @param output what it wrote, errors among it
  public record Result(int code, String output) {
    public boolean ok() {
      return code == 0;
    }
  }

  /// How commands are run; tests put their own in its place.
  @FunctionalInterface
  public interface Runner {
    Result run(List<String> words, String input, Duration limit);

    default Result run(Duration limit, String... words) {
      return run(List.of(words), "", limit);
    }
  }

  /// Runs `words` and gives it `input`; killed after `limit`.
  ///
  /// @throws ClusterException if it cannot be started or takes longer
  public static Result run(List<String> words, String input, Duration limit) {
    Process process;
    try {
      process = new ProcessBuilder(words).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new ClusterException("cannot run " + words.getFirst() + ": " + e.getMessage(), e);
    }
    CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> readAll(process));
    try (var in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException _) {
      // It ended without reading; its code and its words say why.
    }
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new ClusterException(
            words.getFirst()
                + " did not end within "
                + limit.toSeconds()
                + " s: "
                + String.join(" ", words));
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new ClusterException("interrupted while " + words.getFirst() + " ran", e);
    }
    return new Result(process.exitValue(), output.join());
  }

  /// As [#run], and anything but success is an exception with the program's own words.
  public static String must(Duration limit, String... words) {
    return must(List.of(words), "", limit);
  }

  public static String must(List<String> words, String input, Duration limit) {
    Result result = run(words, input, limit);
    if (!result.ok()) {
      throw new ClusterException(
          "'%s' failed: %s".formatted(String.join(" ", words), result.output().strip()));
    }
    return result.output();
  }

  private static String readAll(Process process) {
    try (var out = process.getInputStream()) {
      return new String(out.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
