package dev.partita.cluster;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What one pod must be told to be part of a cluster.
///
/// @param clusterName pods of different clusters refuse to talk, and to open each other's data
/// @param name this pod's name; one of `pods`
/// @param dataDirectory the pod's own folder, made if missing
/// @param listenHost address on which peer traffic is taken, e.g. `127.0.0.1` or `0.0.0.0`; the
///   port is that of this pod's entry in `pods`. Nothing listens where this is the only pod
/// @param pods every pod of the cluster, alike on all of them, this one too; one = embedded. The
///   first (up to three) hold the catalog
/// @param limits bounds of memory and disk
public record PodConfig(
    String clusterName,
    String name,
    Path dataDirectory,
    String listenHost,
    List<PodAddress> pods,
    PodLimits limits) {
  public PodConfig {
    pods = List.copyOf(pods);
    if (clusterName.isEmpty() || clusterName.length() > 253) {
      throw new IllegalArgumentException("cluster name must have 1 to 253 characters");
    }
    Set<String> names = new HashSet<>();
    for (PodAddress pod : pods) {
      if (!names.add(pod.name())) {
        throw new IllegalArgumentException("pod " + pod.name() + " is listed twice");
      }
      if (pods.size() > 1 && pod.peerPort() == 0) {
        throw new IllegalArgumentException("pod " + pod.name() + " needs a peer port");
      }
    }
    if (!names.contains(name)) {
      throw new IllegalArgumentException("pod " + name + " is not in the list of pods " + names);
    }
  }

  /// A cluster of this one pod, which needs no network.
  public static PodConfig embedded(Path dataDirectory) {
    return new PodConfig(
        "local",
        "pod-0",
        dataDirectory,
        "127.0.0.1",
        List.of(new PodAddress("pod-0", "zone-a", "127.0.0.1", 0)),
        PodLimits.DEFAULT);
  }

  /// This pod's own address and zone.
  public PodAddress self() {
    return pods.stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow();
  }
}
