package dev.partita.operator.cluster.objects;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;

/// Gives every pod a name of its own in the DNS, also before it is ready: pods find each other by
/// it to become ready.
public final class PeerService {

  private PeerService() {}

  public static Service of(Wanted wanted) {
    return new ServiceBuilder()
        .withMetadata(Meta.of(wanted, wanted.names().peerService()))
        .withNewSpec()
        .withType("ClusterIP")
        .withClusterIP("None")
        .withPublishNotReadyAddresses(true)
        .withSelector(wanted.names().selector())
        .withPorts(
            ServicePorts.of("peer", Names.PEER_PORT), ServicePorts.of("admin", Names.ADMIN_PORT))
        .endSpec()
        .build();
  }
}
