package dev.partita.kube.agent;

import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.util.Map;
import java.util.Optional;

/// Which volume a claim gets: a folder on the node that the scheduler chose for the claim's pod. It
/// lives on that node's disk, so it survives the node's death, and its pod can run nowhere else.
final class Volumes {

  static final String PROVISIONER = "partita.dev/local";
  private static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";
  private static final String STORAGE_PROVISIONER = "volume.kubernetes.io/storage-provisioner";
  private static final String PROVISIONED_BY = "pv.kubernetes.io/provisioned-by";

  private Volumes() {}

  /// Whether the claim waits for us to make it a volume.
  static boolean isWanted(PersistentVolumeClaim claim) {
    return PROVISIONER.equals(note(claim.getMetadata().getAnnotations(), STORAGE_PROVISIONER))
        && !node(claim).isEmpty()
        && claim.getMetadata().getDeletionTimestamp() == null
        && Optional.ofNullable(claim.getSpec().getVolumeName()).orElse("").isEmpty();
  }

  /// Whether the volume is ours and nobody wants it any more.
  static boolean isDone(PersistentVolume volume) {
    return PROVISIONER.equals(note(volume.getMetadata().getAnnotations(), PROVISIONED_BY))
        && "Delete".equals(volume.getSpec().getPersistentVolumeReclaimPolicy())
        && volume.getStatus() != null
        && "Released".equals(volume.getStatus().getPhase());
  }

  /// The node on which the claim's pod will run; empty if that is not known yet.
  static String node(PersistentVolumeClaim claim) {
    return note(claim.getMetadata().getAnnotations(), SELECTED_NODE);
  }

  /// The volume's name, and its folder's.
  static String name(PersistentVolumeClaim claim) {
    return "pvc-" + claim.getMetadata().getUid();
  }

  /// @param path of its folder, as the node sees it
  static PersistentVolume volume(PersistentVolumeClaim claim, String path) {
    return new PersistentVolumeBuilder()
        .withNewMetadata()
        .withName(name(claim))
        .addToAnnotations(PROVISIONED_BY, PROVISIONER)
        .endMetadata()
        .withNewSpec()
        .withCapacity(claim.getSpec().getResources().getRequests())
        .withAccessModes(claim.getSpec().getAccessModes())
        .withVolumeMode(claim.getSpec().getVolumeMode())
        .withPersistentVolumeReclaimPolicy("Delete")
        .withStorageClassName(claim.getSpec().getStorageClassName())
        .withNewClaimRef()
        .withApiVersion("v1")
        .withKind("PersistentVolumeClaim")
        .withNamespace(claim.getMetadata().getNamespace())
        .withName(claim.getMetadata().getName())
        .withUid(claim.getMetadata().getUid())
        .endClaimRef()
        .withNewLocal()
        .withPath(path)
        .endLocal()
        .withNewNodeAffinity()
        .withNewRequired()
        .addNewNodeSelectorTerm()
        .addNewMatchExpression()
        .withKey("kubernetes.io/hostname")
        .withOperator("In")
        .withValues(node(claim))
        .endMatchExpression()
        .endNodeSelectorTerm()
        .endRequired()
        .endNodeAffinity()
        .endSpec()
        .build();
  }

  private static String note(
      @org.jspecify.annotations.Nullable Map<String, String> annotations, String key) {
    return annotations == null ? "" : annotations.getOrDefault(key, "");
  }
}
