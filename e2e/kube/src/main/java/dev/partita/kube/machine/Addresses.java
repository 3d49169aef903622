package dev.partita.kube.machine;

import dev.partita.kube.Zone;

/// The addresses inside a cluster, from the block that is set aside for tests (RFC 2544). Every
/// cluster has the same ones, each in network namespaces of its own.
final class Addresses {

  static final String CONTROL_PLANE = "198.18.0.1";
  static final int API_PORT = 6443;
  static final String API = "https://" + CONTROL_PLANE + ":" + API_PORT;
  static final String PODS = "198.18.16.0/20";
  static final String SERVICES = "198.19.0.0/20";
  static final String API_SERVICE = "198.19.0.1";
  static final String DNS_SERVICE = "198.19.0.10";
  static final int DNS_PORT = 53;

  private Addresses() {}

  /// The address of the zone's node; `network.sh` and `node-init.sh` have the same.
  static String node(Zone zone) {
    return switch (zone) {
      case A -> "198.18.0.11";
      case B -> "198.18.0.12";
      case C -> "198.18.0.13";
    };
  }

  /// The addresses of the pods on the zone's node.
  static String pods(Zone zone) {
    return switch (zone) {
      case A -> "198.18.17.0/24";
      case B -> "198.18.18.0/24";
      case C -> "198.18.19.0/24";
    };
  }
}
