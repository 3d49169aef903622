package dev.partita.kube.tools;

import dev.partita.kube.ClusterException;
import dev.partita.kube.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// One run of the Go compiler, which may take long and says meanwhile how far it is.
///
/// @param source the module's folder
/// @param log what the compiler says; with `-v` a line for each package that it was not in its
///   cache
record GoBuild(Path source, Path log) {

  private static final Duration NEWS = Duration.ofSeconds(15);
  private static final Duration LIMIT = Duration.ofHours(2);
  private static final int TAIL_LINES = 15;

  void run(List<String> command, Progress progress) {
    Process process = start(command);
    long start = System.nanoTime();
    try {
      while (!process.waitFor(NEWS.toMillis(), TimeUnit.MILLISECONDS)) {
        Duration since = Duration.ofNanos(System.nanoTime() - start);
        if (since.compareTo(LIMIT) > 0) {
          process.destroy();
          throw new ClusterException("go build took longer than " + LIMIT.toHours() + " hours");
        }
        progress.say(news(lines()));
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new ClusterException("interrupted while building", e);
    }
    if (process.exitValue() != 0) {
      List<String> lines = lines();
      throw new ClusterException(
          "go build failed; the whole log is in %s%n%s"
              .formatted(
                  log,
                  String.join(
                      "\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()))));
    }
  }

  static String news(List<String> lines) {
    long downloads = lines.stream().filter(line -> line.startsWith("go: downloading")).count();
    long packages = lines.size() - downloads;
    return packages == 0
        ? "  fetched " + downloads + " modules"
        : "  compiled " + packages + " packages, last " + lines.getLast();
  }

  private Process start(List<String> command) {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(source.toFile()).redirectErrorStream(true);
    builder.environment().put("CGO_ENABLED", "0");
    builder.environment().put("GOWORK", "off");
    builder.redirectOutput(log.toFile());
    try {
      return builder.start();
    } catch (IOException e) {
      throw new ClusterException(
          "building Kubernetes needs Go 1.21 or newer on the PATH (it fetches Go 1.26 by itself where it is"
              + " older), and there is none. Install it from go.dev/dl or your distribution.",
          e);
    }
  }

  private List<String> lines() {
    try (Stream<String> lines = Files.lines(log)) {
      return lines.toList();
    } catch (IOException _) {
      return List.of();
    }
  }
}
