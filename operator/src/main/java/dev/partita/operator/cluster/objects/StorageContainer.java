package dev.partita.operator.cluster.objects;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.List;

/// The one container of a storage pod.
final class StorageContainer {

  static final String NAME = "storage";

  private static final String PODS = "/etc/partita/pods";
  private static final String ACCESS_KEYS = "/etc/partita/access-keys";
  private static final String TLS = "/etc/partita/tls";
  private static final String INTERNAL_TLS = "/etc/partita/internal-tls";
  private static final String DATA = "/var/lib/partita";

  /// How long a pod that is to stop goes on as before, so that Services can look elsewhere.
  private static final int DRAIN_SECONDS = 5;

  private static final int PROBE_TIMEOUT_SECONDS = 10;
  private static final int STARTUP_PERIOD_SECONDS = 2;

  /// Ten minutes: a large volume may first have to change its owner.
  private static final int STARTUP_FAILURES = 300;

  private static final int READINESS_PERIOD_SECONDS = 3;
  private static final int READINESS_FAILURES = 2;
  private static final int LIVENESS_PERIOD_SECONDS = 20;

  /// Two minutes without any answer: a JVM on a starved node must not be killed for being slow.
  private static final int LIVENESS_FAILURES = 6;

  private StorageContainer() {}

  static Container of(Wanted wanted, String image) {
    ContainerBuilder container =
        new ContainerBuilder()
            .withName(NAME)
            .withImage(image)
            .withArgs(arguments(wanted))
            .withEnv(environment())
            .withPorts(
                port("dynamodb", Names.CLIENT_PORT),
                port("admin", Names.ADMIN_PORT),
                port("peer", Names.PEER_PORT))
            .withNewResources()
            .withRequests(wanted.requests())
            .withLimits(wanted.limits())
            .endResources()
            .withVolumeMounts(mounts(wanted))
            .withStartupProbe(probe("/health", STARTUP_PERIOD_SECONDS, STARTUP_FAILURES))
            .withLivenessProbe(probe("/health", LIVENESS_PERIOD_SECONDS, LIVENESS_FAILURES))
            .withReadinessProbe(probe("/ready", READINESS_PERIOD_SECONDS, READINESS_FAILURES))
            .withNewSecurityContext()
            .withAllowPrivilegeEscalation(false)
            .withReadOnlyRootFilesystem(true)
            .withNewCapabilities()
            .withDrop("ALL")
            .endCapabilities()
            .endSecurityContext();
    if (wanted.spec().imagePullPolicy() != null) {
      container.withImagePullPolicy(wanted.spec().imagePullPolicy().name());
    }
    return container.build();
  }

  private static List<String> arguments(Wanted wanted) {
    Names names = wanted.names();
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "pod",
                "--name=$(POD_NAME)",
                "--cluster=" + names.namespace() + "/" + names.cluster(),
                "--pods-file=" + PODS + "/" + Names.PODS_KEY,
                "--data=" + DATA,
                "--host=0.0.0.0",
                "--port=" + Names.CLIENT_PORT,
                "--admin-port=" + Names.ADMIN_PORT,
                "--region=" + wanted.region(),
                "--credentials=" + ACCESS_KEYS,
                "--internal-tls=" + INTERNAL_TLS,
                "--memory=$(PARTITA_MEMORY_LIMIT)",
                "--drain=" + DRAIN_SECONDS));
    if (wanted.tlsSecret() != null) {
      arguments.add("--tls=" + TLS);
    }
    return arguments;
  }

  /// `apiVersion` and `divisor` are the server's defaults, spelled out: what surrounds them is
  /// owned as a whole.
  private static List<EnvVar> environment() {
    return List.of(
        new EnvVarBuilder()
            .withName("POD_NAME")
            .withNewValueFrom()
            .withNewFieldRef("v1", "metadata.name")
            .endValueFrom()
            .build(),
        new EnvVarBuilder()
            .withName("PARTITA_MEMORY_LIMIT")
            .withNewValueFrom()
            .withNewResourceFieldRef()
            .withContainerName(NAME)
            .withDivisor(new Quantity("1"))
            .withResource("limits.memory")
            .endResourceFieldRef()
            .endValueFrom()
            .build());
  }

  private static List<VolumeMount> mounts(Wanted wanted) {
    List<VolumeMount> mounts = new ArrayList<>();
    mounts.add(mount(StorageStatefulSet.DATA, DATA, false));
    mounts.add(mount("tmp", "/tmp", false));
    mounts.add(mount("pods", PODS, true));
    mounts.add(mount("access-keys", ACCESS_KEYS, true));
    mounts.add(mount("internal-tls", INTERNAL_TLS, true));
    if (wanted.tlsSecret() != null) {
      mounts.add(mount("tls", TLS, true));
    }
    return mounts;
  }

  private static VolumeMount mount(String name, String path, boolean readOnly) {
    VolumeMountBuilder mount = new VolumeMountBuilder().withName(name).withMountPath(path);
    return readOnly ? mount.withReadOnly(true).build() : mount.build();
  }

  private static ContainerPort port(String name, int port) {
    return new ContainerPortBuilder()
        .withName(name)
        .withContainerPort(port)
        .withProtocol("TCP")
        .build();
  }

  private static Probe probe(String path, int periodSeconds, int failures) {
    return new ProbeBuilder()
        .withNewHttpGet()
        .withPath(path)
        .withPort(new IntOrString("admin"))
        .withScheme("HTTPS")
        .endHttpGet()
        .withPeriodSeconds(periodSeconds)
        .withTimeoutSeconds(PROBE_TIMEOUT_SECONDS)
        .withFailureThreshold(failures)
        .build();
  }
}
