package dev.partita.server.manifest;

import dev.partita.cluster.Cluster;
import dev.partita.server.manifest.TableManifest.DeletionPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Files of manifests that are applied at the start and whenever they change.
///
/// Files are looked at once a second rather than watched: editors and Kubernetes replace files by
/// renaming, link by link, and a look tells the same about all of them. What cannot be read or
/// applied is logged, changes nothing, and is tried again when the file changes.
public final class Manifests implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Manifests.class);

  private static final long LOOK_MILLIS = 1_000;
  private static final long CLOSE_SECONDS = 5;

  /// Bytes of one file.
  private static final long MAX_BYTES = 4 << 20;

  private final List<Path> files;
  private final Map<Path, String> seen = new HashMap<>();
  private final CountDownLatch stop = new CountDownLatch(1);
  private volatile @Nullable Thread watcher;

  private Manifests(List<Path> files) {
    this.files = List.copyOf(files);
  }

  /// Reads and checks all files. Needs no cluster, so that mistakes show before anything starts.
  ///
  /// @throws ManifestException on the first mistake
  public static Manifests read(List<Path> files) throws ManifestException {
    Manifests manifests = new Manifests(files);
    for (Path file : files) {
      String text = text(file);
      int tables = ManifestReader.read(file, text).size();
      log.debug("{} holds {} tables", file, tables);
      manifests.seen.put(file, text);
    }
    return manifests;
  }

  /// Applies all files as they were read and follows their changes from then on.
  ///
  /// @param state file that remembers what was applied
  /// @throws ManifestException if one cannot be applied; those before it are
  public void start(Cluster cluster, Path state) throws ManifestException, InterruptedException {
    ManifestApplier applier = new ManifestApplier(cluster);
    AppliedTables applied = new AppliedTables(state);
    for (Path file : files) {
      apply(file, seen.getOrDefault(file, ""), applier, applied);
    }
    if (!files.isEmpty()) {
      watcher =
          Thread.ofPlatform()
              .name("partita-manifests")
              .daemon(true)
              .start(() -> watch(applier, applied));
    }
  }

  private void watch(ManifestApplier applier, AppliedTables applied) {
    try {
      while (!stop.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        lookAtAll(applier, applied);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Applies the files that are not as they were when last seen.
  void lookAtAll(ManifestApplier applier, AppliedTables applied) throws InterruptedException {
    for (Path file : files) {
      look(file, applier, applied);
    }
  }

  private void look(Path file, ManifestApplier applier, AppliedTables applied)
      throws InterruptedException {
    String text;
    try {
      text = text(file);
    } catch (ManifestException e) {
      // Between the two steps of a replacement there is no file; say it once if it stays so.
      if (!e.getMessage().equals(seen.put(file, e.getMessage()))) {
        log.warn("{}", e.getMessage());
      }
      return;
    }
    if (text.equals(seen.put(file, text))) {
      return;
    }
    try {
      apply(file, text, applier, applied);
    } catch (ManifestException e) {
      log.error("{}", e.getMessage());
    } catch (RuntimeException e) {
      log.error("applying {} failed", file, e);
    }
  }

  private static void apply(Path file, String text, ManifestApplier applier, AppliedTables applied)
      throws ManifestException, InterruptedException {
    List<TableManifest> manifests = ManifestReader.read(file, text);
    try {
      Map<String, DeletionPolicy> vanished = new LinkedHashMap<>(applied.of(file));
      manifests.forEach(m -> vanished.remove(m.tableName()));
      applier.apply(manifests, vanished, file);
      applied.set(file, manifests);
    } catch (IOException e) {
      throw new ManifestException(file, 1, "cannot remember what was applied: " + e);
    }
  }

  private static String text(Path file) throws ManifestException {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new ManifestException(file, 1, "is larger than " + MAX_BYTES + " bytes");
      }
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new ManifestException(file, 1, "there is no such file");
    } catch (IOException e) {
      throw new ManifestException(file, 1, "cannot be read: " + e);
    }
  }

  @Override
  public void close() {
    stop.countDown();
    Thread started = watcher;
    if (started != null) {
      try {
        started.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
