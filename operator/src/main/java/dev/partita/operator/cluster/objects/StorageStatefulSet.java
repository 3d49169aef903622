package dev.partita.operator.cluster.objects;

import dev.partita.crds.DeletionPolicy;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import java.util.Map;

/// The pods. All are started at once, since one waits for the others; none is ever restarted but by
/// the operator, who asks them first (`OnDelete`).
public final class StorageStatefulSet {

  static final String DATA = "data";

  private StorageStatefulSet() {}

  /// @param image of the pods
  public static StatefulSet of(Wanted wanted, String image) {
    String whenDeleted = wanted.deletionPolicy() == DeletionPolicy.DELETE ? "Delete" : "Retain";
    return new StatefulSetBuilder()
        .withMetadata(Meta.of(wanted, wanted.names().statefulSet()))
        .withNewSpec()
        .withReplicas(wanted.pods())
        .withServiceName(wanted.names().peerService())
        .withPodManagementPolicy("Parallel")
        .withNewUpdateStrategy()
        .withType("OnDelete")
        .endUpdateStrategy()
        .withNewPersistentVolumeClaimRetentionPolicy(whenDeleted, "Retain")
        .withNewSelector()
        .withMatchLabels(wanted.names().selector())
        .endSelector()
        .withTemplate(StoragePod.of(wanted, image))
        .withVolumeClaimTemplates(claim(wanted))
        .endSpec()
        .build();
  }

  private static PersistentVolumeClaim claim(Wanted wanted) {
    String storageClass =
        wanted.spec().storage() == null ? null : wanted.spec().storage().storageClassName();
    return new PersistentVolumeClaimBuilder()
        .withApiVersion("v1")
        .withKind("PersistentVolumeClaim")
        .withNewMetadata()
        .withName(DATA)
        .withLabels(wanted.names().labels())
        .endMetadata()
        .withNewSpec()
        .withAccessModes("ReadWriteOnce")
        .withStorageClassName(storageClass)
        .withVolumeMode("Filesystem")
        .withNewResources()
        .withRequests(Map.<String, Quantity>of("storage", wanted.storage()))
        .endResources()
        .endSpec()
        .build();
  }
}
