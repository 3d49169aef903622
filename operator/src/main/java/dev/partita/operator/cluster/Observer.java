package dev.partita.operator.cluster;

import dev.partita.crds.StorageCluster;
import dev.partita.crds.Tls;
import dev.partita.operator.Parts;
import dev.partita.operator.cluster.objects.ClusterSecret;
import dev.partita.operator.cluster.objects.Names;
import dev.partita.operator.cluster.objects.Wanted;
import dev.partita.operator.pods.PodReports.Answer;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Gathers what is known of a cluster: objects from the caches of informers; Secrets from the API
/// server, since keys are made anew when they are missed; the pods themselves when one of them is
/// to be restarted.
final class Observer {

  /// Kinds that informers hold, but for pods and Secrets.
  static final List<Class<? extends HasMetadata>> OBJECTS =
      List.of(
          ServiceAccount.class,
          Service.class,
          ConfigMap.class,
          StatefulSet.class,
          PodDisruptionBudget.class,
          NetworkPolicy.class);

  /// A pod is made within a second or two of when it is missed.
  private static final Duration MAKING_GRACE = Duration.ofSeconds(15);

  private final Parts parts;
  private final Nodes nodes;
  private final Volumes volumes;
  private final Warnings warnings;
  private final MissingPods missing = new MissingPods();
  private final CertManager certManager;

  Observer(Parts parts) {
    this.parts = parts;
    this.nodes = new Nodes(parts.client(), parts.clock());
    this.warnings = new Warnings(parts.client());
    this.volumes = new Volumes(parts.client(), warnings);
    this.certManager = new CertManager(parts);
  }

  Observation observe(StorageCluster cluster, Context<StorageCluster> context) {
    Wanted wanted = Wanted.of(cluster, parts.settings());
    Instant now = parts.clock().instant();
    Existing existing = existing(wanted, context);
    List<PodView> pods = views(wanted, context.getSecondaryResources(Pod.class));
    Map<String, Answer> answers = parts.podReports().latest(ResourceID.fromResource(cluster));
    StatefulSet set = existing.find(StatefulSet.class, wanted.names().statefulSet());
    String revision = Observation.wantedRevision(set);
    boolean restarting =
        revision != null && pods.stream().anyMatch(p -> !revision.equals(p.revision()));
    if (restarting) {
      // Never judged by what a cache says: the pod may be gone, or another of its name there.
      pods = views(wanted, livePods(wanted));
      answers = parts.podReports().ask(cluster);
    }
    Map<String, Secret> secrets = secrets(wanted);
    Optional<Instant> missingSince =
        missing.since(
            ResourceID.fromResource(cluster), set != null && pods.size() < wanted.pods(), now);
    return new Observation(
        cluster,
        wanted,
        now,
        existing,
        pods,
        nodes(pods),
        secrets,
        answers,
        restarting,
        missingSince,
        unmade(wanted, pods, missingSince, now),
        clientTls(wanted, secrets, now));
  }

  private Optional<Trouble> unmade(
      Wanted wanted, List<PodView> pods, Optional<Instant> missingSince, Instant now) {
    if (pods.stream().anyMatch(p -> p.node() == null)) {
      Optional<Trouble> trouble = volumes.trouble(wanted);
      if (trouble.isPresent()) {
        return trouble;
      }
    }
    if (missingSince.isEmpty() || now.isBefore(missingSince.get().plus(MAKING_GRACE))) {
      return Optional.empty();
    }
    Names names = wanted.names();
    return warnings
        .latest(names.namespace(), "StatefulSet", names.statefulSet())
        .map(said -> new Trouble("PodsNotMade", "Kubernetes does not make all pods: " + said));
  }

  private Existing existing(Wanted wanted, Context<StorageCluster> context) {
    return new Existing(
        OBJECTS.stream()
            .<HasMetadata>flatMap(type -> context.getSecondaryResources(type).stream())
            .filter(o -> ours(wanted, o))
            .toList());
  }

  private static List<PodView> views(Wanted wanted, Collection<Pod> pods) {
    return pods.stream()
        .filter(p -> ours(wanted, p))
        .map(PodView::of)
        .sorted(Comparator.comparing(PodView::name))
        .toList();
  }

  private static boolean ours(Wanted wanted, HasMetadata object) {
    Map<String, String> labels = object.getMetadata().getLabels();
    return labels != null
        && wanted.names().cluster().equals(labels.get(Names.INSTANCE_LABEL))
        && wanted.names().namespace().equals(object.getMetadata().getNamespace());
  }

  private List<Pod> livePods(Wanted wanted) {
    return parts
        .client()
        .pods()
        .inNamespace(wanted.names().namespace())
        .withLabels(wanted.names().labels())
        .list()
        .getItems();
  }

  private Map<String, Secret> secrets(Wanted wanted) {
    Map<String, Secret> secrets = new TreeMap<>();
    parts
        .client()
        .secrets()
        .inNamespace(wanted.names().namespace())
        .withLabels(wanted.names().labels())
        .list()
        .getItems()
        .forEach(s -> secrets.put(s.getMetadata().getName(), s));
    String named = wanted.tlsSecret();
    if (named != null && !secrets.containsKey(named)) {
      Secret secret =
          parts.client().secrets().inNamespace(wanted.names().namespace()).withName(named).get();
      if (secret != null) {
        secrets.put(named, secret);
      }
    }
    return secrets;
  }

  private Map<String, NodeView> nodes(List<PodView> pods) {
    Map<String, NodeView> found = new HashMap<>();
    for (PodView pod : pods) {
      if (pod.node() != null) {
        NodeView node = nodes.find(pod.node(), !pod.ready() || pod.terminating());
        if (node != null) {
          found.put(pod.node(), node);
        }
      }
    }
    return found;
  }

  private Optional<Trouble> clientTls(Wanted wanted, Map<String, Secret> secrets, Instant now) {
    Tls.TlsMode mode = wanted.tls();
    String name = wanted.tlsSecret();
    if (name == null || (mode != Tls.TlsMode.USER_MANAGED && mode != Tls.TlsMode.CERT_MANAGER)) {
      return Optional.empty();
    }
    Secret secret = secrets.get(name);
    if (secret != null) {
      return UserTls.check(name, ClusterSecret.texts(secret), wanted.names().clientHost(), now);
    }
    return mode == Tls.TlsMode.CERT_MANAGER
        ? Optional.of(certManager.waiting(wanted))
        : Optional.of(
            new Trouble("SecretMissing", "there is no Secret " + name + " in this namespace"));
  }
}
