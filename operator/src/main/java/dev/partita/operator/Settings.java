package dev.partita.operator;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What the operator is told by its environment.
///
/// @param storageImage the image of storage pods whose StorageCluster names none; null when the
///   operator was started without one, which is a condition on those clusters, not a guess
/// @param watchNamespaces the namespaces that are looked after; empty means all
/// @param leaderElection whether a Lease in `podNamespace` is taken before anything is done
/// @param podNamespace where the operator itself runs
/// @param identity the name under which the Lease is held and events are reported
/// @param port where health and metrics are served
public record Settings(
    @Nullable String storageImage,
    Set<String> watchNamespaces,
    boolean leaderElection,
    String podNamespace,
    String identity,
    int port) {

  private static final int DEFAULT_PORT = 8080;

  public Settings {
    watchNamespaces = Set.copyOf(watchNamespaces);
  }

  /// Reads `PARTITA_STORAGE_IMAGE`, `PARTITA_WATCH_NAMESPACES`, `PARTITA_LEADER_ELECTION`,
  /// `POD_NAMESPACE` and `HOSTNAME`.
  ///
  /// @throws IllegalArgumentException with a sentence, when they make no sense
  public static Settings of(Map<String, String> environment) {
    String image = text(environment, "PARTITA_STORAGE_IMAGE");
    String namespace = text(environment, "POD_NAMESPACE");
    String identity = text(environment, "HOSTNAME");
    String election = text(environment, "PARTITA_LEADER_ELECTION");
    boolean elects =
        switch (election == null ? "true" : election) {
          case "true" -> true;
          case "false" -> false;
          default ->
              throw new IllegalArgumentException(
                  "PARTITA_LEADER_ELECTION is true or false, not '" + election + "'");
        };
    if (elects && namespace == null) {
      throw new IllegalArgumentException(
          "POD_NAMESPACE is needed to elect a leader: set it, or PARTITA_LEADER_ELECTION=false");
    }
    return new Settings(
        image,
        namespaces(text(environment, "PARTITA_WATCH_NAMESPACES")),
        elects,
        namespace == null ? "default" : namespace,
        identity == null ? "partita-operator" : identity,
        DEFAULT_PORT);
  }

  private static Set<String> namespaces(@Nullable String list) {
    Set<String> names = new TreeSet<>();
    if (list != null) {
      for (String name : list.split(",", -1)) {
        if (!name.isBlank()) {
          names.add(name.strip());
        }
      }
    }
    return names;
  }

  private static @Nullable String text(Map<String, String> environment, String name) {
    String value = environment.get(name);
    return value == null || value.isBlank() ? null : value.strip();
  }
}
