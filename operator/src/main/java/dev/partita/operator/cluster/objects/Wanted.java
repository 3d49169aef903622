package dev.partita.operator.cluster.objects;

import dev.partita.crds.DeletionPolicy;
import dev.partita.crds.Endpoint;
import dev.partita.crds.Partita;
import dev.partita.crds.Storage;
import dev.partita.crds.StorageCluster;
import dev.partita.crds.StorageClusterSpec;
import dev.partita.crds.Tls;
import dev.partita.crds.Topology;
import dev.partita.operator.Settings;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A StorageCluster's spec with everything said that it left out. The builders of objects see this
/// and nothing else.
///
/// @param image null when neither the spec nor the operator's environment names one
/// @param tls where the client port's certificate comes from
/// @param clientPeers who may reach the client port; empty for everybody
public record Wanted(
    Names names,
    OwnerReference owner,
    Topology topology,
    @Nullable String image,
    StorageClusterSpec spec,
    String region,
    Quantity storage,
    Map<String, Quantity> requests,
    Map<String, Quantity> limits,
    Tls.TlsMode tls,
    boolean networkPolicy,
    List<NetworkPolicyPeer> clientPeers,
    boolean disruptionBudget,
    DeletionPolicy deletionPolicy,
    Map<String, String> annotations,
    String operatorNamespace) {

  private static final Quantity STORAGE = Quantity.parse(Storage.DEFAULT_SIZE);
  private static final Quantity CPU = new Quantity("250", "m");
  private static final Quantity MEMORY = new Quantity("1", "Gi");

  /// What a StorageCluster wants.
  public static Wanted of(StorageCluster cluster, Settings settings) {
    StorageClusterSpec spec =
        cluster.getSpec() == null ? StorageClusterSpec.EMPTY : cluster.getSpec();
    Topology topology = Objects.requireNonNullElse(spec.topology(), Topology.THREE_ZONES);
    Map<String, Quantity> requests = new TreeMap<>();
    Map<String, Quantity> limits = new TreeMap<>();
    resources(spec, requests, limits);
    var network = spec.networkPolicy();
    var budget = spec.podDisruptionBudget();
    var storage = spec.storage();
    Map<String, String> annotations = cluster.getMetadata().getAnnotations();
    return new Wanted(
        Names.of(cluster),
        owner(cluster),
        topology,
        spec.image() == null ? settings.storageImage() : spec.image(),
        spec,
        Objects.requireNonNullElse(spec.region(), Partita.DEFAULT_REGION),
        Quantities.canonical(storage == null || storage.size() == null ? STORAGE : storage.size()),
        requests,
        limits,
        mode(spec),
        network == null || !Boolean.FALSE.equals(network.enabled()),
        network == null ? List.of() : network.from(),
        topology != Topology.SINGLE_REPLICA
            && (budget == null || !Boolean.FALSE.equals(budget.enabled())),
        Objects.requireNonNullElse(spec.deletionPolicy(), DeletionPolicy.RETAIN),
        annotations == null ? Map.of() : Map.copyOf(annotations),
        settings.podNamespace());
  }

  public int pods() {
    return topology.pods();
  }

  /// The Secret that the client port's certificate is in; null for plain HTTP.
  public @Nullable String tlsSecret() {
    return switch (tls) {
      case OPERATOR_MANAGED -> names.tlsSecret();
      case CERT_MANAGER -> names.issuedTlsSecret();
      case USER_MANAGED ->
          spec.endpoint() == null || spec.endpoint().tls() == null
              ? null
              : spec.endpoint().tls().secretName();
      case DISABLED -> null;
    };
  }

  /// The URL of the DynamoDB API inside of Kubernetes.
  public String url() {
    String scheme = tls == Tls.TlsMode.DISABLED ? "http" : "https";
    return scheme + "://" + names.clientHost() + ":" + Names.CLIENT_PORT;
  }

  public List<String> additionalDnsNames() {
    return spec.endpoint() == null || spec.endpoint().tls() == null
        ? List.of()
        : spec.endpoint().tls().additionalDnsNames();
  }

  private static Tls.TlsMode mode(StorageClusterSpec spec) {
    Endpoint endpoint = spec.endpoint();
    return endpoint == null || endpoint.tls() == null || endpoint.tls().mode() == null
        ? Tls.TlsMode.OPERATOR_MANAGED
        : endpoint.tls().mode();
  }

  /// A container without a memory limit would size its heap by the node: there always is one. What
  /// is not said about a resource follows from what is said about it.
  private static void resources(
      StorageClusterSpec spec, Map<String, Quantity> requests, Map<String, Quantity> limits) {
    if (spec.resources() != null) {
      requests.putAll(Quantities.canonical(spec.resources().requests()));
      limits.putAll(Quantities.canonical(spec.resources().limits()));
    }
    limits.putIfAbsent("memory", requests.getOrDefault("memory", MEMORY));
    requests.putIfAbsent("memory", limits.get("memory"));
    Quantity cpuLimit = limits.get("cpu");
    boolean tight =
        cpuLimit != null && cpuLimit.getNumericalAmount().compareTo(CPU.getNumericalAmount()) < 0;
    requests.putIfAbsent("cpu", tight && cpuLimit != null ? cpuLimit : CPU);
  }

  private static OwnerReference owner(StorageCluster cluster) {
    return new OwnerReferenceBuilder()
        .withApiVersion(cluster.getApiVersion())
        .withKind(cluster.getKind())
        .withName(cluster.getMetadata().getName())
        .withUid(cluster.getMetadata().getUid())
        .withController(true)
        .withBlockOwnerDeletion(true)
        .build();
  }
}
