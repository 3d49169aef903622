package dev.partita.cluster;

import dev.partita.engine.DurableFiles;
import dev.partita.engine.FolderLock;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A pod's own folder, held by one process at a time:
///
/// ```
/// pod.lock      locked while a process uses the folder
/// pod.identity  text: "partita data 2", then "cluster NAME", "pod NAME" and "data ID"
/// pod.peers     which data the other pods have, see Acquaintances
/// items/        the item store
/// log/          the pod's log
/// ```
final class DataDirectory implements AutoCloseable {
  private static final String FORMAT_LINE = "partita data 2";
  private static final String LOCK = "pod.lock";
  private static final String IDENTITY = "pod.identity";
  private static final String PEERS = "pod.peers";
  private static final String DATA = "data ";
  private static final String ITEMS = "items";
  private static final String LOG = "log";

  private final Path directory;
  private final FolderLock lock;
  private String id = "";

  private DataDirectory(Path directory, FolderLock lock) {
    this.directory = directory;
    this.lock = lock;
  }

  /// Takes a folder for this process, making it if it is missing.
  ///
  /// @throws PodStartException if it is in use, belongs to another pod or has another format
  static DataDirectory open(Path directory, String cluster, String pod) {
    Path absolute = directory.toAbsolutePath();
    FolderLock lock = null;
    try {
      DurableFiles.createFolder(absolute);
      lock = FolderLock.tryTake(absolute.resolve(LOCK));
      if (lock == null) {
        throw new PodStartException(
            "the data directory " + absolute + " is in use by another process");
      }
      DataDirectory opened = new DataDirectory(absolute, lock);
      opened.checkIdentity(cluster, pod);
      lock = null;
      return opened;
    } catch (IOException e) {
      throw new PodStartException("cannot use the data directory " + absolute + why(e), e);
    } finally {
      closeQuietly(lock);
    }
  }

  private static String why(IOException e) {
    return e instanceof AccessDeniedException
        ? ": this process has no permission to write " + e.getMessage()
        : ": " + e;
  }

  /// Drawn when the folder was made: tells this data from other data of a pod of the same name.
  String id() {
    return id;
  }

  Path peers() {
    return directory.resolve(PEERS);
  }

  Path items() {
    return directory.resolve(ITEMS);
  }

  Path log() {
    return directory.resolve(LOG);
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }

  private void checkIdentity(String cluster, String pod) throws IOException {
    List<String> wanted = List.of(FORMAT_LINE, "cluster " + cluster, "pod " + pod);
    Path identity = directory.resolve(IDENTITY);
    if (!Files.exists(identity)) {
      if (Files.exists(items()) || Files.exists(log())) {
        throw new PodStartException(
            directory + " holds data but no " + IDENTITY + ": it cannot be told whose data it is");
      }
      id = UUID.randomUUID().toString();
      DurableFiles.write(identity, String.join("\n", wanted) + "\n" + DATA + id + "\n");
      return;
    }
    List<String> found = Files.readAllLines(identity);
    if (found.isEmpty() || !found.getFirst().equals(FORMAT_LINE)) {
      throw new PodStartException(
          directory + " has a format that this version does not know: " + found);
    }
    if (found.size() != wanted.size() + 1 || !found.getLast().startsWith(DATA)) {
      throw new PodStartException(identity + " is damaged: " + found);
    }
    if (!found.subList(0, wanted.size()).equals(wanted)) {
      throw new PodStartException(
          directory
              + " belongs to "
              + String.join(", ", found.subList(1, wanted.size()))
              + ", not to "
              + String.join(", ", wanted.subList(1, wanted.size())));
    }
    id = found.getLast().substring(DATA.length());
  }

  private static void closeQuietly(@Nullable FolderLock lock) {
    if (lock != null) {
      try {
        lock.close();
      } catch (IOException _) {
        // The reason for giving up is on its way already.
        return;
      }
    }
  }
}
