package dev.partita.server.cli.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// What all pods of a cluster on this machine are started with.
///
/// @param basePort where the first pod takes requests
/// @param region in ARNs
/// @param auth whether signatures are checked
public record ClusterSettings(int basePort, String region, boolean auth) {

  /// What somebody asks for at a start; null is "as it was".
  public record Wish(@Nullable Integer basePort, @Nullable String region, @Nullable Boolean auth) {}

  ClusterSettings with(Wish wish) {
    return new ClusterSettings(
        Objects.requireNonNullElse(wish.basePort, basePort),
        Objects.requireNonNullElse(wish.region, region),
        Objects.requireNonNullElse(wish.auth, auth));
  }

  /// Empty if there is no such file.
  static Optional<ClusterSettings> load(Path file) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Properties p = new Properties();
    try (var reader = Files.newBufferedReader(file)) {
      p.load(reader);
      return Optional.of(
          new ClusterSettings(
              Integer.parseInt(p.getProperty("basePort", "")),
              p.getProperty("region", "local-1"),
              Boolean.parseBoolean(p.getProperty("auth", "true"))));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " is broken: " + e.getMessage(), e);
    }
  }

  /// Replaces the file as a whole: another shell may read it now.
  void save(Path file) throws IOException {
    Properties p = new Properties();
    p.setProperty("basePort", Integer.toString(basePort));
    p.setProperty("region", region);
    p.setProperty("auth", Boolean.toString(auth));
    Path draft = file.resolveSibling(file.getFileName() + ".tmp");
    try (var writer = Files.newBufferedWriter(draft)) {
      p.store(writer, "Written when the cluster was started.");
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
