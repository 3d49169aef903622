package dev.partita.operator.cluster.objects;

import dev.partita.crds.Endpoint;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;

/// The DynamoDB API: any ready pod takes any request.
public final class ClientService {

  private ClientService() {}

  public static Service of(Wanted wanted) {
    Endpoint endpoint = wanted.spec().endpoint();
    ObjectMeta meta = Meta.of(wanted, wanted.names().clientService());
    if (endpoint != null && !endpoint.serviceAnnotations().isEmpty()) {
      meta.setAnnotations(endpoint.serviceAnnotations());
    }
    String type =
        endpoint == null || endpoint.serviceType() == null
            ? Endpoint.ServiceType.ClusterIP.name()
            : endpoint.serviceType().name();
    return new ServiceBuilder()
        .withMetadata(meta)
        .withNewSpec()
        .withType(type)
        .withSelector(wanted.names().selector())
        .withPorts(ServicePorts.of("dynamodb", Names.CLIENT_PORT))
        .endSpec()
        .build();
  }
}
