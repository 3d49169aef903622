package dev.partita.testing.apiserver;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The programs of Kubernetes on this machine.
///
/// @param apiServer kube-apiserver
/// @param kubectl of the same build
/// @param etcd from the distribution
record Binaries(Path apiServer, Path kubectl, Path etcd) {

  /// Says where the programs are, if not where `./partita kube` puts them.
  static final String FOLDER = "PARTITA_KUBE_BIN";

  static final String MISSING =
      "There is no kube-apiserver or no etcd on this machine: run `./partita kube tools` once, or"
          + " set "
          + FOLDER
          + " to a folder with kube-apiserver and kubectl, and install etcd (`apt-get install"
          + " etcd-server`).";

  /// Helm of the same build; it is made after the rest, and may not be there yet.
  Optional<Path> helm() {
    return Stream.concat(Stream.ofNullable(apiServer.getParent()), path().stream())
        .map(folder -> folder.resolve("helm"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static Optional<Binaries> find() {
    List<Path> path = path();
    for (Path folder : folders()) {
      Path apiServer = folder.resolve("kube-apiserver");
      Path kubectl = folder.resolve("kubectl");
      if (Files.isExecutable(apiServer) && Files.isExecutable(kubectl)) {
        return Stream.concat(Stream.of(folder), path.stream())
            .map(candidate -> candidate.resolve("etcd"))
            .filter(Files::isExecutable)
            .findFirst()
            .map(etcd -> new Binaries(apiServer, kubectl, etcd));
      }
    }
    return Optional.empty();
  }

  /// The user's own choice, then the newest build, then the PATH.
  private static List<Path> folders() {
    String chosen = System.getenv(FOLDER);
    if (chosen != null && !chosen.isEmpty()) {
      return List.of(Path.of(chosen));
    }
    List<Path> folders = new ArrayList<>();
    Path cache = cache();
    if (Files.isDirectory(cache)) {
      try (Stream<Path> builds = Files.list(cache)) {
        builds
            .map(build -> build.resolve("bin"))
            .filter(Files::isDirectory)
            .sorted(Comparator.comparing(Binaries::changed).reversed())
            .forEach(folders::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    folders.addAll(path());
    return folders;
  }

  private static Path cache() {
    String xdg = System.getenv("XDG_CACHE_HOME");
    Path base =
        xdg == null || xdg.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(xdg);
    return base.resolve("partita").resolve("kube");
  }

  private static long changed(Path folder) {
    return folder.toFile().lastModified();
  }

  private static List<Path> path() {
    String path = System.getenv("PATH");
    return path == null
        ? List.of()
        : Stream.of(path.split(File.pathSeparator, -1))
            .filter(folder -> !folder.isEmpty())
            .map(Path::of)
            .toList();
  }
}
