package dev.partita.kube.machine;

import dev.partita.kube.ClusterException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The Java process beside the cluster (see [dev.partita.kube.agent.Agent]), seen from the outside.
final class Sidecar {

  private static final String NAME = "agent";

  private Sidecar() {}

  /// Starts it with the class path of this process.
  static void start(Layout layout, Processes processes) {
    processes.start(
        NAME,
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx96m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            copy(System.getProperty("java.class.path"), layout.folder().resolve("agent")),
            "dev.partita.kube.agent.Agent",
            layout.name(),
            layout.folder().toString()));
  }

  /// The port on 127.0.0.1 that leads to the API server.
  static int awaitPort(Layout layout, Processes processes) {
    Processes.await(
        () -> {
          if (!processes.runs(NAME)) {
            throw new ClusterException("the agent has ended:\n" + Logs.tail(layout.log(NAME)));
          }
          return Files.exists(layout.port());
        },
        "the agent does not start; see " + layout.log(NAME));
    try {
      return Integer.parseInt(Files.readString(layout.port()).trim());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Returns when names are answered and volumes are made.
  static void awaitReady(Layout layout) {
    Processes.await(
        () -> Files.exists(layout.run("agent-ready")),
        "the agent does not get ready; see " + layout.log(NAME));
  }

  /// Copies what this process runs from: it may be built anew while the cluster lives, and a JVM
  /// whose classes change under it falls over.
  ///
  /// @return the copy's class path
  private static String copy(String classPath, Path folder) {
    List<String> copies = new ArrayList<>();
    for (String entry : classPath.split(":", -1)) {
      Path from = Path.of(entry);
      if (!entry.isEmpty() && Files.exists(from)) {
        Path to = folder.resolve(copies.size() + "-" + from.getFileName());
        copyTree(from, to);
        copies.add(to.toString());
      }
    }
    return String.join(":", copies);
  }

  private static void copyTree(Path from, Path to) {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.createDirectories(copy.resolveSibling("."));
          Files.copy(file, copy);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
