package dev.partita.kube;

import java.util.Locale;

/// The three zones. Each has one node, and the zone's letter is the value of the node's label
/// `topology.kubernetes.io/zone`.
public enum Zone {
  A,
  B,
  C;

  /// The zone of a letter, small or capital.
  ///
  /// @throws ClusterException if there is no such zone
  public static Zone of(String letter) {
    for (Zone zone : values()) {
      if (zone.name().equalsIgnoreCase(letter)) {
        return zone;
      }
    }
    throw new ClusterException("there is no zone '" + letter + "'; the zones are a, b and c");
  }

  /// `a`, `b` or `c`.
  public String letter() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// What a cluster of namespaces calls its node there: `node-a`.
  public String node() {
    return "node-" + letter();
  }
}
