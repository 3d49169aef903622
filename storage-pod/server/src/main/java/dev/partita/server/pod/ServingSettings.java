package dev.partita.server.pod;

import dev.partita.cluster.PodConfig;
import dev.partita.server.credentials.AccessKey;
import dev.partita.server.http.HttpLimits;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a pod must be told to serve.
///
/// @param pod its part in the cluster
/// @param host address to listen on, for requests and for the admin port
/// @param port for requests; 0 for one that is free
/// @param adminPort for health, metrics and reports; 0 for one that is free
/// @param region name in ARNs
/// @param access who may send requests
/// @param tls folder with the certificate of the port for requests; null in the clear
/// @param internalTls folder with the certificate for other pods and the admin port, and whom to
///   believe; null in the clear
/// @param limits bounds of the port for requests
public record ServingSettings(
    PodSource pod,
    String host,
    int port,
    int adminPort,
    String region,
    Access access,
    @Nullable Path tls,
    @Nullable Path internalTls,
    HttpLimits limits) {

  /// In the clear, within the standard limits.
  ///
  /// @param keys who may sign; empty: signatures are not checked
  public ServingSettings(
      PodConfig pod, String host, int port, int adminPort, String region, List<AccessKey> keys) {
    this(
        new PodSource.Known(pod),
        host,
        port,
        adminPort,
        region,
        Access.of(keys),
        null,
        null,
        HttpLimits.standard());
  }
}
