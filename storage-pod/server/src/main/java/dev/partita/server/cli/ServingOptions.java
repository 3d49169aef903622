package dev.partita.server.cli;

import dev.partita.server.http.HttpLimits;
import dev.partita.server.pod.PodSource;
import dev.partita.server.pod.ServingSettings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Options that every verb has that serves requests.
final class ServingOptions {

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port for requests; 0 for one that is free (default: ${DEFAULT-VALUE})",
      defaultValue = "8000")
  int port;

  @Option(
      names = "--admin-port",
      paramLabel = "PORT",
      description = "Port for health, metrics and reports (default: port + 100)",
      defaultValue = "-1")
  int adminPort;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description =
          "Address to listen on, for requests and for other pods (default: ${DEFAULT-VALUE})",
      defaultValue = "127.0.0.1")
  String host = "127.0.0.1";

  @Mixin AccessOptions access = new AccessOptions();

  @Option(names = "--debug", description = "Log more")
  boolean debug;

  /// What the pod must be told to serve.
  ServingSettings settings(PodSource pod, AccessOptions.Keys keys) {
    return new ServingSettings(
        pod,
        host,
        Ports.checked("--port", port),
        adminPort < 0 ? Ports.admin(port) : Ports.checked("--admin-port", adminPort),
        access.region(),
        keys.access(),
        null,
        null,
        HttpLimits.standard());
  }
}
