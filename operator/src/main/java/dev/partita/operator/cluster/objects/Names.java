package dev.partita.operator.cluster.objects;

import dev.partita.crds.StorageCluster;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// What the objects of a StorageCluster are called.
///
/// @param namespace of the StorageCluster and of everything that belongs to it
/// @param cluster its name
public record Names(String namespace, String cluster) {

  public static final int CLIENT_PORT = 8000;
  public static final int ADMIN_PORT = 8100;
  public static final int PEER_PORT = 7400;

  public static final String NAME_LABEL = "app.kubernetes.io/name";
  public static final String INSTANCE_LABEL = "app.kubernetes.io/instance";
  public static final String COMPONENT_LABEL = "app.kubernetes.io/component";
  public static final String MANAGED_BY_LABEL = "app.kubernetes.io/managed-by";
  public static final String COMPONENT = "storage";
  public static final String MANAGED_BY = "partita-operator";

  /// What informers are limited to.
  public static final String SELECTOR =
      MANAGED_BY_LABEL + "=" + MANAGED_BY + "," + COMPONENT_LABEL + "=" + COMPONENT;

  /// Key of the pods file in its ConfigMap.
  public static final String PODS_KEY = "pods";

  /// Data key of the operator's own access key in {@link #accessKeysSecret()}.
  public static final String OPERATOR_KEY = "operator";

  public static final String PODS_HASH = "partita.dev/pods-hash";
  public static final String ACCESS_KEYS_HASH = "partita.dev/access-keys-hash";
  public static final String TLS_HASH = "partita.dev/tls-hash";

  /// On a StorageCluster: another token restarts every pod.
  public static final String RESTART = "partita.dev/restart";

  /// On a StorageCluster: another token makes new certificates.
  public static final String ROTATE_CERTIFICATES = "partita.dev/rotate-certificates";

  /// On a StorageCluster: another token makes a new authority, and then certificates by it.
  public static final String ROTATE_AUTHORITY = "partita.dev/rotate-authority";

  private static final String CLUSTER_DOMAIN = "cluster.local";

  public static Names of(StorageCluster cluster) {
    return new Names(cluster.getMetadata().getNamespace(), cluster.getMetadata().getName());
  }

  public static Names of(ResourceID cluster) {
    return new Names(cluster.getNamespace().orElse("default"), cluster.getName());
  }

  /// What every object of the cluster is labelled with. Ordered, so that it is always written
  /// alike.
  public Map<String, String> labels() {
    Map<String, String> labels = new TreeMap<>(selector());
    labels.put(MANAGED_BY_LABEL, MANAGED_BY);
    return labels;
  }

  /// What its pods are found by. Immutable in a StatefulSet.
  public Map<String, String> selector() {
    return new TreeMap<>(
        Map.of(NAME_LABEL, "partita", INSTANCE_LABEL, cluster, COMPONENT_LABEL, COMPONENT));
  }

  public String serviceAccount() {
    return cluster;
  }

  public String statefulSet() {
    return cluster;
  }

  public String clientService() {
    return cluster;
  }

  public String disruptionBudget() {
    return cluster;
  }

  public String networkPolicy() {
    return cluster;
  }

  /// The headless Service.
  public String peerService() {
    return cluster + "-pods";
  }

  /// The ConfigMap with the pods file.
  public String podsConfigMap() {
    return cluster + "-pods";
  }

  /// The authority's key. Never mounted.
  public String caSecret() {
    return cluster + "-ca";
  }

  /// The client port's certificate when the operator makes it.
  public String tlsSecret() {
    return cluster + "-tls";
  }

  /// The client port's certificate when cert-manager makes it: under a name of its own, so that two
  /// never write the same Secret.
  public String issuedTlsSecret() {
    return cluster + "-issued-tls";
  }

  /// The certificate of the peer and admin ports.
  public String internalTlsSecret() {
    return cluster + "-internal-tls";
  }

  /// The operator's own access key and client certificate.
  public String operatorSecret() {
    return cluster + "-operator";
  }

  /// Every access key that the pods accept.
  public String accessKeysSecret() {
    return cluster + "-access-keys";
  }

  public String pod(int ordinal) {
    return cluster + "-" + ordinal;
  }

  public List<String> pods(int count) {
    return IntStream.range(0, count).mapToObj(this::pod).toList();
  }

  /// A pod's name in the DNS.
  public String podHost(String pod) {
    return pod + "." + peerService() + "." + namespace + ".svc";
  }

  /// The client Service's name in the DNS.
  public String clientHost() {
    return clientService() + "." + namespace + ".svc";
  }

  /// All names under which clients may reach the client port without leaving Kubernetes.
  public List<String> clientHosts() {
    String service = clientService();
    return List.of(
        clientHost(),
        clientHost() + "." + CLUSTER_DOMAIN,
        service + "." + namespace,
        service,
        "*." + peerService() + "." + namespace + ".svc",
        "*." + peerService() + "." + namespace + ".svc." + CLUSTER_DOMAIN,
        "localhost");
  }

  /// All names of the peer and admin ports.
  public List<String> podHosts() {
    return List.of(
        "*." + peerService() + "." + namespace + ".svc",
        "*." + peerService() + "." + namespace + ".svc." + CLUSTER_DOMAIN,
        "localhost");
  }
}
