package dev.partita.bench;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The temporary folder of one run, with the data of every server. It goes when this JVM ends, also
/// when that is interrupted, and so do the processes that use it; logs of a run that failed stay.
final class Scratch {

  private final Path folder;
  private volatile boolean succeeded;

  Scratch() throws IOException {
    folder = Files.createTempDirectory("partita-bench");
    Runtime.getRuntime().addShutdownHook(new Thread(this::end, "scratch"));
  }

  /// For what its user names.
  Path folder() {
    return folder;
  }

  Path resolve(String name) {
    return folder.resolve(name);
  }

  /// @throws IllegalStateException if less than so much is free on its disk
  void require(long bytes) throws IOException {
    long free = Files.getFileStore(folder).getUsableSpace();
    if (free < bytes) {
      throw new IllegalStateException(
          "this needs %,d MB free under %s, and %,d MB are"
              .formatted(bytes >> 20, folder, free >> 20));
    }
  }

  /// Bytes of all files below one folder; files that vanish meanwhile count nothing.
  static long bytes(Path folder) throws IOException {
    long[] sum = {0};
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            sum[0] += attributes.size();
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException gone) throws IOException {
            if (gone instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw gone;
          }
        });
    return sum[0];
  }

  /// Deletes one folder or file of it, if it is there.
  void delete(String name) throws IOException {
    delete(resolve(name));
  }

  private static void delete(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
              throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /// Logs are of no use any more.
  void succeeded() {
    succeeded = true;
  }

  /// The last deed of this JVM: servers that are still there would write on.
  private void end() {
    List<ProcessHandle> left = ProcessHandle.current().descendants().toList();
    left.forEach(ProcessHandle::destroyForcibly);
    left.forEach(process -> process.onExit().join());
    try {
      if (succeeded) {
        delete(folder);
        return;
      }
      try (Stream<Path> inside = Files.list(folder)) {
        for (Path path : inside.filter(Files::isDirectory).toList()) {
          delete(path);
        }
      }
      System.err.println("Logs are kept in " + folder);
    } catch (IOException e) {
      System.err.println("Could not delete all of " + folder + ": " + e);
    }
  }
}
