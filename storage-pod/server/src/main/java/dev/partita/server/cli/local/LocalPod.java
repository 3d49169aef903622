package dev.partita.server.cli.local;

import java.nio.file.Path;

/// One pod of a cluster on this machine.
///
/// @param number 1 to 3, as users name it
/// @param folder its data, log and process id
/// @param port for requests
/// @param adminPort for health, metrics and reports
/// @param peerPort for other pods
public record LocalPod(int number, Path folder, int port, int adminPort, int peerPort) {

  /// For example `pod-1`.
  public String name() {
    return "pod-" + number;
  }

  /// For example `zone-a`.
  public String zone() {
    return "zone-" + (char) ('a' + number - 1);
  }

  public String endpoint() {
    return "http://127.0.0.1:" + port;
  }

  /// What it prints and logs.
  Path log() {
    return folder.resolve("pod.log");
  }

  /// Where its process id stands.
  Path pidFile() {
    return folder.resolve("pid");
  }

  Path data() {
    return folder.resolve("data");
  }

  /// `NAME/ZONE@HOST:PORT`, as `pod --pods` takes it.
  String peer() {
    return name() + "/" + zone() + "@127.0.0.1:" + peerPort;
  }
}
