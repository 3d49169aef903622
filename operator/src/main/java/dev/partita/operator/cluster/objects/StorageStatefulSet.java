package dev.partita.operator.cluster.objects;

import dev.partita.crds.DeletionPolicy;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The pods. All are started at once, since one waits for the others; none is ever restarted but by
/// the operator, who asks them first (`OnDelete`).
public final class StorageStatefulSet {

  static final String DATA = "data";

  private StorageStatefulSet() {}

  /// @param image of the pods
  /// @param there as it is; null if there is none
  public static StatefulSet of(Wanted wanted, String image, @Nullable StatefulSet there) {
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
        .withTemplate(StoragePod.of(wanted, image, restartToken(wanted, there)))
        .withVolumeClaimTemplates(claim(wanted))
        .endSpec()
        .build();
  }

  /// Whoever takes the annotation away asks for nothing: the last token stays, else all pods would
  /// be restarted once more.
  private static @Nullable String restartToken(Wanted wanted, @Nullable StatefulSet there) {
    String token = wanted.annotations().getOrDefault(Names.RESTART, "");
    if (!token.isEmpty() || there == null) {
      return token.isEmpty() ? null : token;
    }
    Map<String, String> annotations = there.getSpec().getTemplate().getMetadata().getAnnotations();
    return annotations == null ? null : annotations.get(Names.RESTART);
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
