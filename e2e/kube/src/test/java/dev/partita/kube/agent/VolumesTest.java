package dev.partita.kube.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import org.junit.jupiter.api.Test;

class VolumesTest {

  @Test
  void aClaimIsServedOnceItsNodeIsChosen() {
    PersistentVolumeClaim chosen = claim();
    assertThat(Volumes.isWanted(chosen)).isTrue();
    PersistentVolumeClaim undecided = claim();
    undecided.getMetadata().getAnnotations().remove("volume.kubernetes.io/selected-node");
    assertThat(Volumes.isWanted(undecided)).isFalse();
  }

  @Test
  void aClaimOfAnotherProvisionerOrWithAVolumeIsLeftAlone() {
    PersistentVolumeClaim foreign = claim();
    foreign.getMetadata().getAnnotations().put("volume.kubernetes.io/storage-provisioner", "x/y");
    assertThat(Volumes.isWanted(foreign)).isFalse();
    PersistentVolumeClaim served = claim();
    served.getSpec().setVolumeName("pvc-1");
    assertThat(Volumes.isWanted(served)).isFalse();
  }

  @Test
  void theVolumeIsBoundToItsClaimAndToItsNode() {
    PersistentVolume volume = Volumes.volume(claim(), "/var/lib/volumes/pvc-1");
    assertThat(volume.getSpec().getClaimRef().getUid()).isEqualTo("1");
    assertThat(volume.getSpec().getLocal().getPath()).isEqualTo("/var/lib/volumes/pvc-1");
    assertThat(volume.getSpec().getCapacity().get("storage")).isEqualTo(new Quantity("1Gi"));
    assertThat(
            volume
                .getSpec()
                .getNodeAffinity()
                .getRequired()
                .getNodeSelectorTerms()
                .getFirst()
                .getMatchExpressions()
                .getFirst()
                .getValues())
        .containsExactly("node-b");
  }

  @Test
  void onlyAReleasedVolumeOfOursIsRemoved() {
    assertThat(Volumes.isDone(volume("Released"))).isTrue();
    assertThat(Volumes.isDone(volume("Bound"))).isFalse();
    PersistentVolume foreign = volume("Released");
    foreign.getMetadata().getAnnotations().clear();
    assertThat(Volumes.isDone(foreign)).isFalse();
    PersistentVolume kept = volume("Released");
    kept.getSpec().setPersistentVolumeReclaimPolicy("Retain");
    assertThat(Volumes.isDone(kept)).isFalse();
  }

  private static PersistentVolume volume(String phase) {
    return new PersistentVolumeBuilder(Volumes.volume(claim(), "/x"))
        .withNewStatus()
        .withPhase(phase)
        .endStatus()
        .build();
  }

  private static PersistentVolumeClaim claim() {
    return new PersistentVolumeClaimBuilder()
        .withNewMetadata()
        .withName("data-store-1")
        .withNamespace("shop")
        .withUid("1")
        .addToAnnotations("volume.kubernetes.io/storage-provisioner", "partita.dev/local")
        .addToAnnotations("volume.kubernetes.io/selected-node", "node-b")
        .endMetadata()
        .withNewSpec()
        .withAccessModes("ReadWriteOnce")
        .withStorageClassName("standard")
        .withNewResources()
        .addToRequests("storage", new Quantity("1Gi"))
        .endResources()
        .endSpec()
        .build();
  }
}
