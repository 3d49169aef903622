package dev.partita.operator.cluster.objects;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;

/// Ports of Services, by the names that the container gives them.
final class ServicePorts {

  private ServicePorts() {}

  static ServicePort of(String name, int port) {
    return new ServicePortBuilder()
        .withName(name)
        .withPort(port)
        .withProtocol("TCP")
        .withTargetPort(new IntOrString(name))
        .build();
  }
}
