package dev.partita.operator.cluster;

import dev.partita.crds.Endpoint;
import dev.partita.crds.Tls;
import dev.partita.operator.Parts;
import dev.partita.operator.cluster.certificates.CertificateKeeper;
import dev.partita.operator.cluster.certificates.CertificateKeeper.Kept;
import dev.partita.operator.cluster.objects.ClientService;
import dev.partita.operator.cluster.objects.ClusterNetworkPolicy;
import dev.partita.operator.cluster.objects.DisruptionBudget;
import dev.partita.operator.cluster.objects.Names;
import dev.partita.operator.cluster.objects.PeerService;
import dev.partita.operator.cluster.objects.PodsConfigMap;
import dev.partita.operator.cluster.objects.StorageServiceAccount;
import dev.partita.operator.cluster.objects.StorageStatefulSet;
import dev.partita.operator.cluster.objects.Wanted;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Does what was decided: the one place that writes, but for the status.
final class Actor {

  private final Parts parts;
  private final CertificateKeeper certificates;
  private final CertManager certManager;
  private final PodWrites pods;

  Actor(Parts parts) {
    this.parts = parts;
    this.certificates = new CertificateKeeper(parts);
    this.certManager = new CertManager(parts);
    this.pods = new PodWrites(parts);
  }

  /// What came of it.
  ///
  /// @param restart what came of the one that was decided
  /// @param settled whether nothing is left over for a next time soon
  record Acted(
      PodsFile podsFile,
      Restart restart,
      Map<String, Secret> secrets,
      boolean settled,
      Optional<Trouble> certificates,
      Optional<Trouble> objects) {}

  Acted act(Observation seen, PodsFile podsFile, Restart restart) {
    if (seen.paused()) {
      return new Acted(podsFile, restart, seen.secrets(), true, Optional.empty(), Optional.empty());
    }
    Writes writes = new Writes(parts, seen);
    Kept kept = certificates.keep(seen);
    Optional<Trouble> trouble = kept.trouble().or(() -> issued(seen));
    objects(seen, podsFile, kept, writes);
    writes.tell();
    if (kept.trouble().isEmpty()) {
      pods.nudge(seen, kept.secrets(), podsFile);
    }
    // What is known of revisions is old once the template was written.
    Restart came = writes.changedTemplate() ? restart : pods.restart(seen, restart);
    return new Acted(podsFile, came, kept.secrets(), kept.settled(), trouble, writes.trouble());
  }

  private Optional<Trouble> issued(Observation seen) {
    Wanted wanted = seen.wanted();
    Endpoint endpoint = wanted.spec().endpoint();
    return wanted.tls() != Tls.TlsMode.CERT_MANAGER
            || endpoint == null
            || endpoint.tls() == null
            || endpoint.tls().issuerRef() == null
        ? Optional.empty()
        : certManager.request(seen, endpoint.tls().issuerRef());
  }

  private static void objects(Observation seen, PodsFile podsFile, Kept kept, Writes writes) {
    Wanted wanted = seen.wanted();
    writes.apply(StorageServiceAccount.of(wanted));
    writes.apply(PeerService.of(wanted));
    writes.apply(ClientService.of(wanted));
    if (wanted.networkPolicy()) {
      writes.apply(ClusterNetworkPolicy.of(wanted));
    } else {
      writes.delete(NetworkPolicy.class, wanted.names().networkPolicy());
    }
    if (wanted.disruptionBudget()) {
      writes.apply(DisruptionBudget.of(wanted));
    } else {
      writes.delete(PodDisruptionBudget.class, wanted.names().disruptionBudget());
    }
    if (podsFile instanceof PodsFile.Complete(String text)) {
      writes.apply(PodsConfigMap.of(wanted, text));
    }
    // No pod begins with certificates or keys of somebody else's.
    boolean startable = kept.trouble().isEmpty() || seen.statefulSet() != null;
    if (wanted.image() != null && startable) {
      writes.apply(StorageStatefulSet.of(wanted, wanted.image(), seen.statefulSet()));
    }
  }

  /// What the pods file should be, from what is known of the pods' zones.
  static PodsFile podsFile(Observation seen) {
    Wanted wanted = seen.wanted();
    Map<String, String> zones = new HashMap<>();
    for (PodView pod : seen.pods()) {
      NodeView node = seen.node(pod);
      if (node != null) {
        zones.put(pod.name(), node.zone());
      }
    }
    return PodsFile.of(wanted.names(), wanted.pods(), zones, before(seen));
  }

  private static @Nullable String before(Observation seen) {
    ConfigMap there = seen.existing().find(ConfigMap.class, seen.wanted().names().podsConfigMap());
    return there == null || there.getData() == null ? null : there.getData().get(Names.PODS_KEY);
  }
}
