package dev.partita.kube.tools;

import dev.partita.kube.ClusterException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The folder in which a cluster keeps everything. A file in it says that it is one, and what the
/// cluster runs on; without that file nothing is removed.
///
/// @param path of the folder
public record StateFolder(Path path) {

  private static final String MARK = "cluster";

  /// Makes the folder and marks it.
  ///
  /// @param kind what the cluster runs on, and whatever else is needed to find it again
  public void create(String kind) {
    try {
      Files.createDirectories(path);
      Files.writeString(path.resolve(MARK), kind);
    } catch (IOException e) {
      throw new ClusterException("cannot write into " + path + ": " + e.getMessage(), e);
    }
  }

  /// What was given to [#create]; empty if there is no cluster.
  public Optional<String> kind() {
    try {
      Path mark = path.resolve(MARK);
      return Files.exists(mark) ? Optional.of(Files.readString(mark)) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Removes the folder with all that is in it, and `partita/kube` above it if nothing else is
  /// there.
  public void remove() {
    if (kind().isEmpty()) {
      return;
    }
    try {
      for (Path entry : entries(path)) {
        // The mark last, so that a removal that is killed can be gone on with.
        if (!entry.endsWith(MARK)) {
          delete(entry);
        }
      }
      Files.delete(path.resolve(MARK));
      Files.delete(path);
      Path parent = path.getParent();
      for (int level = 0; level < 2 && parent != null && entries(parent).isEmpty(); level++) {
        Files.delete(parent);
        parent = parent.getParent();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Removes a tree without following links out of it.
  public static void delete(Path tree) throws IOException {
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(
              Path folder, @org.jspecify.annotations.Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static List<Path> entries(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    }
  }
}
