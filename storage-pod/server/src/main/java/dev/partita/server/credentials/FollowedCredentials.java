package dev.partita.server.credentials;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Access keys from a file, or from all files of a folder, that somebody else writes to. In a
/// folder, names that begin with a dot do not count: Kubernetes keeps its own there.
///
/// A file counts as changed or gone once two looks in a row found it so: one that is seen half
/// written must not shut anybody out. Not thread-safe.
public final class FollowedCredentials {

  private static final Logger log = LoggerFactory.getLogger(FollowedCredentials.class);

  /// Files of one folder; more are not looked at.
  static final int MAX_FILES = 4_096;

  private final Path path;
  private final boolean folder;

  /// In the order in which they appeared.
  private final Map<Path, CredentialSource> sources = new LinkedHashMap<>();

  /// What is in force, and the file that it is from.
  private Map<String, Owned> inForce = Map.of();

  private Set<String> toldConflicts = Set.of();
  private String told = "";
  private boolean toldTooMany;

  private record Owned(AccessKey key, Path source) {
    boolean hasSourceOf(@Nullable Owned other) {
      return other != null && source.equals(other.source);
    }
  }

  private FollowedCredentials(Path path, boolean folder) {
    this.path = path;
    this.folder = folder;
  }

  /// Reads for the first time.
  ///
  /// @throws IOException if a single file makes no sense, or a folder cannot be read; a file of a
  ///   folder that makes no sense is logged and says nothing
  public static FollowedCredentials open(Path path) throws IOException {
    FollowedCredentials opened = new FollowedCredentials(path, Files.isDirectory(path));
    if (opened.folder) {
      for (Path file : opened.files()) {
        opened.sources.put(file, CredentialSource.open(file));
      }
    } else {
      opened.sources.put(path, CredentialSource.of(path, CredentialFile.read(path)));
    }
    opened.inForce = opened.merged();
    if (opened.inForce.isEmpty()) {
      log.warn("{} holds no access keys: nobody can sign a request", path);
    }
    return opened;
  }

  /// What is in force.
  public Collection<AccessKey> keys() {
    return inForce.values().stream().map(Owned::key).toList();
  }

  /// Looks again. Mistakes are logged once.
  ///
  /// @return whether other keys are in force now
  public boolean look() {
    if (folder && !lookForFiles()) {
      return false;
    }
    for (CredentialSource source : sources.values()) {
      source.look();
    }
    if (folder) {
      sources.values().removeIf(CredentialSource::isGone);
    }
    Map<String, Owned> now = merged();
    boolean changed = !keySet(now).equals(keySet(inForce));
    inForce = now;
    if (changed) {
      log.info("{}: access keys in force: {}", path, now.keySet());
    }
    return changed;
  }

  private static Set<AccessKey> keySet(Map<String, Owned> owned) {
    Set<AccessKey> keys = new HashSet<>();
    owned.values().forEach(o -> keys.add(o.key));
    return keys;
  }

  private boolean lookForFiles() {
    try {
      for (Path file : files()) {
        sources.computeIfAbsent(file, CredentialSource::appeared);
      }
      told = "";
      return true;
    } catch (IOException e) {
      if (!e.toString().equals(told)) {
        told = e.toString();
        log.error("{} cannot be read, its access keys stay as they were: {}", path, told);
      }
      return false;
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(path)) {
      List<Path> found = all.filter(FollowedCredentials::counts).sorted().toList();
      tellTooMany(found.size());
      return found.subList(0, Math.min(found.size(), MAX_FILES));
    } catch (NoSuchFileException | NotDirectoryException e) {
      throw new IOException(path + " is no folder any more", e);
    }
  }

  /// Once, until they are few enough again.
  private void tellTooMany(int files) {
    boolean tooMany = files > MAX_FILES;
    if (tooMany && !toldTooMany) {
      log.error(
          "{} holds {} files of access keys; only the first {} by name are in force",
          path,
          files,
          MAX_FILES);
    }
    toldTooMany = tooMany;
  }

  private static boolean counts(Path file) {
    return !String.valueOf(file.getFileName()).startsWith(".") && Files.isRegularFile(file);
  }

  /// The same id with two secrets: whose is in force keeps it, else who appeared first.
  private Map<String, Owned> merged() {
    Map<String, Owned> merged = new LinkedHashMap<>();
    List<Owned> others = new ArrayList<>();
    for (CredentialSource source : sources.values()) {
      for (AccessKey key : source.keys()) {
        Owned owner = inForce.get(key.id());
        Owned other = merged.get(key.id());
        Owned candidate = new Owned(key, source.file());
        if (other == null) {
          merged.put(key.id(), candidate);
        } else if (candidate.hasSourceOf(owner) && !other.hasSourceOf(owner)) {
          merged.put(key.id(), candidate);
          others.add(other);
        } else {
          others.add(candidate);
        }
      }
    }
    tellConflicts(merged, others);
    return merged;
  }

  private void tellConflicts(Map<String, Owned> merged, List<Owned> others) {
    Set<String> conflicts = new HashSet<>();
    for (Owned other : others) {
      Owned winner = merged.get(other.key.id());
      if (winner != null && !winner.key.equals(other.key)) {
        String conflict =
            other.source
                + ": access key "
                + other.key.id()
                + " has another secret in "
                + winner.source
                + ", which stays in force";
        if (conflicts.add(conflict) && !toldConflicts.contains(conflict)) {
          log.error("{}", conflict);
        }
      }
    }
    toldConflicts = conflicts;
  }
}
