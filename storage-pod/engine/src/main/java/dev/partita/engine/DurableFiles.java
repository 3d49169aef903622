package dev.partita.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/// Files and folders that are there whole or not at all, also after a power cut.
public final class DurableFiles {
  private DurableFiles() {}

  /// Replaces a small text file; when this returns, the new text survives a power cut.
  ///
  /// @param file in a folder that is there
  public static void write(Path file, String text) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try (FileChannel out =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    syncFolder(Objects.requireNonNull(file.toAbsolutePath().getParent()));
  }

  /// Makes a folder if it is missing, and those above it that are missing; when this returns, what
  /// was made survives a power cut.
  public static void createFolder(Path folder) throws IOException {
    Path absolute = folder.toAbsolutePath().normalize();
    Path parent = absolute.getParent();
    if (parent == null) {
      return;
    }
    if (!Files.isDirectory(absolute)) {
      createFolder(parent);
      Files.createDirectories(absolute);
      syncFolder(parent);
    } else if (Files.isReadable(parent)) {
      // Who made it may have died before it was durable.
      syncFolder(parent);
    }
  }

  /// Makes names durable that were given or taken away in a folder.
  public static void syncFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
