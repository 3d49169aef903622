package dev.partita.operator.cluster;

import dev.partita.operator.cluster.objects.Wanted;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Optional;

/// Why a pod has no volume. Looked into only while a pod has no node.
final class Volumes {

  private static final String DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class";

  private final KubernetesClient client;
  private final Warnings warnings;

  Volumes(KubernetesClient client, Warnings warnings) {
    this.client = client;
    this.warnings = warnings;
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
    String volume = claim.getMetadata().getName();
    String name = claim.getSpec().getStorageClassName();
    if (name == null || name.isEmpty()) {
      return hasDefault()
          ? Optional.empty()
          : Optional.of(
              new Trouble(
                  "NoDefaultStorageClass",
                  "volume "
                      + volume
                      + " is not made: there is no default StorageClass, and"
                      + " spec.storage.storageClassName names none"));
    }
    if (client.storage().v1().storageClasses().withName(name).get() == null) {
      return Optional.of(
          new Trouble(
              "StorageClassMissing",
              "volume " + volume + " is not made: there is no StorageClass " + name));
    }
    return warnings
        .latest(claim.getMetadata().getNamespace(), "PersistentVolumeClaim", volume)
        .map(said -> new Trouble("VolumePending", "volume " + volume + " is not made: " + said));
  }

  private boolean hasDefault() {
    return client.storage().v1().storageClasses().list().getItems().stream()
        .map(StorageClass::getMetadata)
        .anyMatch(
            m ->
                m.getAnnotations() != null && "true".equals(m.getAnnotations().get(DEFAULT_CLASS)));
  }
}
