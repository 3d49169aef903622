package dev.partita.server.pod;

import dev.partita.cluster.PodStartException;

/// A running pod.
public final class ServingPod implements AutoCloseable {

  /// Starts a pod and returns when it listens.
  ///
  /// @throws PodStartException if it cannot, with a reason for whoever started it
  public static ServingPod start(ServingSettings settings) {
    if (settings.port() >= 0) {
      throw new PodStartException("serving on port " + settings.port() + " is not wired yet");
    }
    return new ServingPod(settings.port(), settings.adminPort());
  }

  private final int port;
  private final int adminPort;

  ServingPod(int port, int adminPort) {
    this.port = port;
    this.adminPort = adminPort;
  }

  /// The port that takes requests.
  public int port() {
    return port;
  }

  /// The port of health, metrics and reports.
  public int adminPort() {
    return adminPort;
  }

  @Override
  public void close() {}
}
