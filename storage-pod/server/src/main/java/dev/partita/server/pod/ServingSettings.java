package dev.partita.server.pod;

import dev.partita.cluster.PodConfig;
import dev.partita.server.credentials.AccessKey;
import java.util.List;

/// What a pod must be told to serve.
///
/// @param pod its part in the cluster
/// @param host address to listen on, for requests and for the admin port
/// @param port for requests; 0 for one that is free
/// @param adminPort for health, metrics and reports; 0 for one that is free
/// @param region name in ARNs
/// @param keys who may sign; empty: signatures are not checked
public record ServingSettings(
    PodConfig pod, String host, int port, int adminPort, String region, List<AccessKey> keys) {
  public ServingSettings {
    keys = List.copyOf(keys);
  }
}
