package dev.partita.server.manifest;

import dev.partita.cluster.Cluster;
import dev.partita.server.manifest.TableManifest.DeletionPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Files of manifests that are applied at the start and whenever they change.
///
/// Files are looked at once a second rather than watched: editors and Kubernetes replace files by
/// renaming, link by link, and a look tells the same about all of them. What cannot be read or
/// applied is logged, changes nothing, and is tried again when a file changes.
///
/// A table has vanished when none of the files declares it. That is known only while all of them
/// can be read and none is being changed, so deletions wait until then: a table may be on its way
/// from one file to another.
public final class Manifests implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Manifests.class);

  private static final long LOOK_MILLIS = 1_000;
  private static final long CLOSE_SECONDS = 5;

  private final List<FollowedFile> files;

  /// Whether something was applied since vanished tables were looked for.
  private boolean mayHaveVanished;

  private final CountDownLatch stop = new CountDownLatch(1);
  private volatile @Nullable Thread watcher;

  private Manifests(List<FollowedFile> files) {
    this.files = List.copyOf(files);
  }

  /// Reads and checks all files. Needs no cluster, so that mistakes show before anything starts.
  ///
  /// @throws ManifestException on the first mistake
  public static Manifests read(List<Path> files) throws ManifestException {
    Set<Path> known = new HashSet<>();
    List<FollowedFile> followed = new ArrayList<>();
    for (Path path : files) {
      if (known.add(path.toAbsolutePath().normalize())) {
        FollowedFile file = FollowedFile.read(path);
        log.debug("{} holds {} tables", path, file.manifests().size());
        followed.add(file);
      }
    }
    Manifests manifests = new Manifests(followed);
    for (FollowedFile file : manifests.files) {
      manifests.checkUnique(file);
    }
    return manifests;
  }

  /// Applies all files as they were read and follows their changes from then on. A vanished table
  /// that cannot be deleted is a warning, and tried again at the next start or change.
  ///
  /// @param state file that remembers what was applied
  /// @throws ManifestException if one cannot be applied; those before it are
  public void start(Cluster cluster, Path state) throws ManifestException, InterruptedException {
    ManifestApplier applier = new ManifestApplier(cluster);
    AppliedTables applied = new AppliedTables(state);
    for (FollowedFile file : files) {
      // Reading was the first look; a file that has changed since is left to the watcher.
      file.look();
    }
    for (FollowedFile file : files) {
      apply(file, applier, applied);
    }
    forgetVanished(applier, applied);
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

  /// Applies the files that changed, once two looks in a row found them the same.
  void lookAtAll(ManifestApplier applier, AppliedTables applied) throws InterruptedException {
    boolean news = false;
    for (FollowedFile file : files) {
      news |= file.look();
    }
    for (FollowedFile file : files) {
      // One that could not be applied may be possible now that another has changed.
      if (news && file.waits()) {
        tryToApply(file, applier, applied);
      }
    }
    try {
      forgetVanished(applier, applied);
    } catch (ManifestException e) {
      log.error("{}", e.getMessage());
    }
  }

  private void tryToApply(FollowedFile file, ManifestApplier applier, AppliedTables applied)
      throws InterruptedException {
    try {
      apply(file, applier, applied);
    } catch (ManifestException e) {
      log.error("{}", e.getMessage());
    } catch (RuntimeException e) {
      log.error("applying {} failed", file.path(), e);
    }
  }

  private void apply(FollowedFile file, ManifestApplier applier, AppliedTables applied)
      throws ManifestException, InterruptedException {
    checkUnique(file);
    applier.apply(file.manifests());
    try {
      applied.remember(file.path(), file.manifests());
    } catch (IOException e) {
      throw new ManifestException(file.path(), 1, "cannot remember what was applied: " + e);
    }
    file.done();
    mayHaveVanished = true;
  }

  private void checkUnique(FollowedFile file) throws ManifestException {
    Map<String, TableManifest> byName = new HashMap<>();
    for (FollowedFile other : files) {
      if (other != file) {
        other.manifests().forEach(m -> byName.put(m.tableName(), m));
      }
    }
    for (TableManifest manifest : file.manifests()) {
      TableManifest other = byName.put(manifest.tableName(), manifest);
      if (other != null) {
        throw manifest.problem(
            "tableName", "is declared twice, also at " + other.file() + ":" + other.line());
      }
    }
  }

  /// Deletes or lets go the tables that a file had before and that no file has now.
  private void forgetVanished(ManifestApplier applier, AppliedTables applied)
      throws ManifestException, InterruptedException {
    if (!mayHaveVanished || !files.stream().allMatch(FollowedFile::isSettled)) {
      return;
    }
    mayHaveVanished = false;
    Set<String> declared = new HashSet<>();
    files.forEach(file -> file.manifests().forEach(m -> declared.add(m.tableName())));
    for (FollowedFile file : files) {
      try {
        for (Map.Entry<String, DeletionPolicy> table : applied.of(file.path()).entrySet()) {
          String name = table.getKey();
          if (!declared.contains(name) && applier.vanish(name, table.getValue(), file.path())) {
            applied.forget(name);
          }
        }
      } catch (IOException e) {
        throw new ManifestException(file.path(), 1, "cannot remember what was applied: " + e);
      }
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
