package dev.partita.cluster;

import java.util.Objects;

/// Where the other pods find a pod.
///
/// @param name unique in the cluster and kept across restarts, e.g. `partita-0`
/// @param zone failure domain, e.g. `zone-a`; replicas of a partition go to different ones
/// @param host name or address for peer traffic
/// @param peerPort TCP port for peer traffic; 0 only where the cluster is this one pod
public record PodAddress(String name, String zone, String host, int peerPort) {
  public PodAddress {
    Objects.requireNonNull(host, "host");
    if (name.isEmpty() || name.length() > 253) {
      throw new IllegalArgumentException("pod name must have 1 to 253 characters: '" + name + "'");
    }
    if (zone.isEmpty()) {
      throw new IllegalArgumentException("pod " + name + " needs a zone");
    }
    if (peerPort < 0 || peerPort > 65_535) {
      throw new IllegalArgumentException("pod " + name + ": no TCP port: " + peerPort);
    }
  }
}
