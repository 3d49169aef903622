package dev.partita.kube.tools;

import dev.partita.kube.ClusterException;
import dev.partita.kube.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// The programs that no Debian suite has, built once from their Go modules into
/// `~/.cache/partita/kube/<key>/bin`.
///
/// Kubernetes is one binary for all its programs, which looks at the name it is called with; so
/// there is one link per program.
public final class ToolCache {

  private static final List<String> KUBERNETES =
      List.of(
          "kube-controller-manager",
          "kube-scheduler",
          "kubelet",
          "kube-proxy",
          "kubectl",
          "kube-apiserver");
  private static final String KUBERNETES_BINARY = "kubernetes";

  private final Path folder;

  ToolCache(Path cache) {
    this.folder = cache.resolve(GoModule.cacheKey());
  }

  /// The cache of this user.
  public static ToolCache ofUser() {
    return new ToolCache(Folders.cache());
  }

  /// Where the programs are or will be.
  public Path bin() {
    return folder.resolve("bin");
  }

  /// Whether Kubernetes' programs are there, so that nothing needs to be built for a cluster.
  public boolean hasKubernetes() {
    return Files.isExecutable(bin().resolve(KUBERNETES.getLast()))
        && Files.isExecutable(bin().resolve("pause"));
  }

  /// Builds Kubernetes' programs if they are not there.
  ///
  /// @return where they are
  /// @throws ClusterException if there is no Go, or the build fails
  public Path kubernetes(Progress progress) {
    if (!hasKubernetes()) {
      locked(
          () -> {
            if (!hasKubernetes()) {
              buildKubernetes(progress);
            }
          });
    }
    return bin();
  }

  /// Builds Helm if it is not there.
  ///
  /// @return the program
  public Path helm(Progress progress) {
    Path helm = bin().resolve("helm");
    if (!Files.isExecutable(helm)) {
      locked(
          () -> {
            if (!Files.isExecutable(helm)) {
              progress.say("building Helm from source; the first time takes some minutes");
              build(GoModule.HELM, "helm.sh/helm/v4/cmd/helm", "helm", progress);
            }
          });
    }
    return helm;
  }

  private void buildKubernetes(Progress progress) {
    progress.say(
        "building Kubernetes from source into "
            + folder
            + ": once, about 20 minutes of one core's work");
    build(GoModule.KUBERNETES, "./pause", "pause", progress);
    build(GoModule.KUBERNETES, ".", KUBERNETES_BINARY, progress);
    try {
      for (String program : KUBERNETES) {
        Path link = bin().resolve(program);
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, Path.of(KUBERNETES_BINARY));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void build(GoModule module, String what, String name, Progress progress) {
    Path source = folder.resolve("src").resolve(module.name());
    Path unfinished = folder.resolve(name + ".unfinished");
    module.unpack(source);
    new GoBuild(source, folder.resolve(name + ".log"))
        .run(GoModule.build(what, unfinished), progress);
    try {
      Files.createDirectories(bin());
      Files.move(unfinished, bin().resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Two builds at once would only be slower; the second one waits and finds everything there.
  private void locked(Runnable work) {
    try {
      Files.createDirectories(folder);
      try (FileChannel channel =
              FileChannel.open(
                  folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          var _ = channel.lock()) {
        work.run();
      }
    } catch (IOException e) {
      throw new ClusterException("cannot write into " + folder + ": " + e.getMessage(), e);
    }
  }
}
