package dev.partita.operator.cluster.objects;

import dev.partita.crds.PodTemplate;
import dev.partita.crds.StorageClusterSpec.ImagePullSecret;
import dev.partita.crds.Topology;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The template of the pods.
final class StoragePod {

  /// The image's user, who also owns the volume.
  private static final long USER = 10_001;

  private static final long TERMINATION_GRACE_SECONDS = 60;
  private static final int ZONES = 3;
  private static final String ZONE = "topology.kubernetes.io/zone";
  private static final String HOST = "kubernetes.io/hostname";

  private StoragePod() {}

  /// @param restart the token of the last restart that was asked for; null if none was
  static PodTemplateSpec of(Wanted wanted, String image, @Nullable String restart) {
    PodSpecBuilder spec =
        new PodSpecBuilder()
            .withServiceAccountName(wanted.names().serviceAccount())
            .withAutomountServiceAccountToken(false)
            .withEnableServiceLinks(false)
            .withTerminationGracePeriodSeconds(TERMINATION_GRACE_SECONDS)
            .withNewSecurityContext()
            .withRunAsNonRoot(true)
            .withRunAsUser(USER)
            .withRunAsGroup(USER)
            .withFsGroup(USER)
            .withFsGroupChangePolicy("OnRootMismatch")
            .withNewSeccompProfile(null, "RuntimeDefault")
            .endSecurityContext()
            .withContainers(StorageContainer.of(wanted, image))
            .withVolumes(volumes(wanted));
    if (wanted.topology() != Topology.SINGLE_REPLICA) {
      spec.withTopologySpreadConstraints(spread(wanted));
    }
    if (!wanted.spec().imagePullSecrets().isEmpty()) {
      spec.withImagePullSecrets(
          wanted.spec().imagePullSecrets().stream()
              .map(ImagePullSecret::name)
              .map(LocalObjectReference::new)
              .toList());
    }
    PodTemplate template = wanted.spec().podTemplate();
    if (template != null) {
      if (!template.nodeSelector().isEmpty()) {
        spec.withNodeSelector(new TreeMap<>(template.nodeSelector()));
      }
      if (!template.tolerations().isEmpty()) {
        spec.withTolerations(template.tolerations());
      }
      spec.withPriorityClassName(template.priorityClassName());
    }
    PodTemplateSpecBuilder pod =
        new PodTemplateSpecBuilder()
            .withNewMetadata()
            .withLabels(labels(wanted, template))
            .endMetadata()
            .withSpec(spec.build());
    Map<String, String> annotations = annotations(restart, template);
    if (!annotations.isEmpty()) {
      pod.editMetadata().withAnnotations(annotations).endMetadata();
    }
    return pod.build();
  }

  /// What the pods are found by cannot be overwritten.
  private static Map<String, String> labels(Wanted wanted, @Nullable PodTemplate template) {
    Map<String, String> labels = new TreeMap<>();
    if (template != null) {
      labels.putAll(template.labels());
    }
    labels.putAll(wanted.names().labels());
    return labels;
  }

  /// A token for restarts goes into the template: then a pod that was not restarted yet is one of
  /// an old revision, like after any other change.
  private static Map<String, String> annotations(
      @Nullable String restart, @Nullable PodTemplate template) {
    Map<String, String> annotations = new TreeMap<>();
    if (template != null) {
      annotations.putAll(template.annotations());
    }
    if (restart != null) {
      annotations.put(Names.RESTART, restart);
    }
    return annotations;
  }

  /// `minDomains` is what keeps two pods of three out of one zone while there are only two zones.
  private static List<TopologySpreadConstraint> spread(Wanted wanted) {
    boolean strict = wanted.topology() == Topology.THREE_ZONES;
    return List.of(
        constraint(wanted, ZONE, strict, strict ? ZONES : null),
        constraint(wanted, HOST, strict, null));
  }

  private static TopologySpreadConstraint constraint(
      Wanted wanted, String key, boolean strict, @Nullable Integer minDomains) {
    return new TopologySpreadConstraintBuilder()
        .withTopologyKey(key)
        .withMaxSkew(1)
        .withMinDomains(minDomains)
        .withWhenUnsatisfiable(strict ? "DoNotSchedule" : "ScheduleAnyway")
        .withNewLabelSelector()
        .withMatchLabels(wanted.names().selector())
        .endLabelSelector()
        .build();
  }

  private static List<Volume> volumes(Wanted wanted) {
    Names names = wanted.names();
    List<Volume> volumes = new ArrayList<>();
    // Optional: it is written when all pods have been scheduled, and a pod waits for it inside,
    // where it sees it at once, instead of at the kubelet, which tries again ever less often.
    volumes.add(
        new VolumeBuilder()
            .withName("pods")
            .withNewConfigMap()
            .withName(names.podsConfigMap())
            .withOptional(true)
            .withDefaultMode(VolumeModes.READ_ALL)
            .endConfigMap()
            .build());
    volumes.add(secret("access-keys", names.accessKeysSecret()));
    volumes.add(secret("internal-tls", names.internalTlsSecret()));
    String tls = wanted.tlsSecret();
    if (tls != null) {
      volumes.add(secret("tls", tls));
    }
    volumes.add(new VolumeBuilder().withName("tmp").withNewEmptyDir().endEmptyDir().build());
    return volumes;
  }

  private static Volume secret(String name, String secret) {
    return new VolumeBuilder()
        .withName(name)
        .withNewSecret()
        .withSecretName(secret)
        .withDefaultMode(VolumeModes.READ_GROUP)
        .endSecret()
        .build();
  }
}
