package dev.partita.server.cli;

/// How the ports of a pod on a developer's machine follow from the one that serves requests.
final class Ports {

  /// Admin port minus request port, where nothing else is said.
  static final int ADMIN_OFFSET = 100;

  /// Peer port minus request port.
  static final int PEER_OFFSET = 200;

  private static final int MAX = 65_535;

  private Ports() {}

  static int checked(String option, int port) {
    if (port < 0 || port > MAX) {
      throw new UserError(UserError.USAGE, option + ": there is no port " + port);
    }
    return port;
  }

  /// 0 (any) for 0.
  static int admin(int port) {
    return port == 0 ? 0 : checked("--port", port + ADMIN_OFFSET);
  }
}
