package dev.partita.operator.cluster;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/// What Kubernetes complained about last.
final class Warnings {

  private final KubernetesClient client;

  Warnings(KubernetesClient client) {
    this.client = client;
  }

  /// Of one object, in Kubernetes' own words.
  Optional<String> latest(String namespace, String kind, String name) {
    return client
        .v1()
        .events()
        .inNamespace(namespace)
        .withFields(
            Map.of("involvedObject.kind", kind, "involvedObject.name", name, "type", "Warning"))
        .list()
        .getItems()
        .stream()
        .filter(e -> e.getMessage() != null)
        .max(Comparator.comparing(Warnings::time))
        .map(Event::getMessage);
  }

  private static String time(Event event) {
    return event.getLastTimestamp() == null
        ? String.valueOf(event.getMetadata().getCreationTimestamp())
        : event.getLastTimestamp();
  }
}
