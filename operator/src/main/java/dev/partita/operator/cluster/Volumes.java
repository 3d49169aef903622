package dev.partita.operator.cluster;

import dev.partita.operator.cluster.objects.Wanted;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Why a pod has no volume. Looked into only while a pod has no node.
final class Volumes {

  private static final String DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class";

  private final KubernetesClient client;

  Volumes(KubernetesClient client) {
    this.client = client;
  }

  Optional<Trouble> trouble(Wanted wanted) {
    List<PersistentVolumeClaim> pending =
        client
            .persistentVolumeClaims()
            .inNamespace(wanted.names().namespace())
            .withLabels(wanted.names().selector())
            .list()
            .getItems()
            .stream()
            .filter(c -> c.getStatus() != null && "Pending".equals(c.getStatus().getPhase()))
            .toList();
    if (pending.isEmpty()) {
      return Optional.empty();
    }
    PersistentVolumeClaim claim = pending.getFirst();
    String name = claim.getSpec().getStorageClassName();
    if (name == null || name.isEmpty()) {
      return hasDefault()
          ? Optional.empty()
          : Optional.of(
              new Trouble(
                  "NoDefaultStorageClass",
                  "volume "
                      + claim.getMetadata().getName()
                      + " is not made: there is no default StorageClass, and"
                      + " spec.storage.storageClassName names none"));
    }
    if (client.storage().v1().storageClasses().withName(name).get() == null) {
      return Optional.of(
          new Trouble(
              "StorageClassMissing",
              "volume "
                  + claim.getMetadata().getName()
                  + " is not made: there is no StorageClass "
                  + name));
    }
    return warning(claim);
  }

  private boolean hasDefault() {
    return client.storage().v1().storageClasses().list().getItems().stream()
        .map(StorageClass::getMetadata)
        .anyMatch(
            m ->
                m.getAnnotations() != null && "true".equals(m.getAnnotations().get(DEFAULT_CLASS)));
  }

  /// What the provisioner complained about last.
  private Optional<Trouble> warning(PersistentVolumeClaim claim) {
    String name = claim.getMetadata().getName();
    return client
        .v1()
        .events()
        .inNamespace(claim.getMetadata().getNamespace())
        .withFields(
            Map.of(
                "involvedObject.kind", "PersistentVolumeClaim",
                "involvedObject.name", name,
                "type", "Warning"))
        .list()
        .getItems()
        .stream()
        .filter(e -> e.getMessage() != null)
        .max(Comparator.comparing(Volumes::time))
        .map(
            e ->
                new Trouble("VolumePending", "volume " + name + " is not made: " + e.getMessage()));
  }

  private static String time(Event event) {
    return event.getLastTimestamp() == null
        ? String.valueOf(event.getMetadata().getCreationTimestamp())
        : event.getLastTimestamp();
  }
}
