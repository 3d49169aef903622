package dev.partita.kube.tools;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Where things are kept, by the XDG rules.
public final class Folders {

  private Folders() {}

  /// What can be made again: `~/.cache/partita/kube`.
  public static Path cache() {
    return cache(System.getenv());
  }

  /// What lives as long as a cluster does: `~/.local/state/partita/kube`.
  public static Path state() {
    return state(System.getenv());
  }

  static Path cache(Map<String, String> environment) {
    return base(environment, "XDG_CACHE_HOME", ".cache");
  }

  static Path state(Map<String, String> environment) {
    return base(environment, "XDG_STATE_HOME", ".local/state");
  }

  private static Path base(Map<String, String> environment, String variable, String inHome) {
    Optional<Path> named =
        Optional.ofNullable(environment.get(variable)).filter(v -> v.startsWith("/")).map(Path::of);
    String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
    return named.orElse(Path.of(home, inHome)).resolve("partita").resolve("kube");
  }
}
