package dev.partita.kube;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Comparator;
import java.util.List;

/// What the API server says about itself and its nodes.
public final class Nodes {

  private static final String ZONE = "topology.kubernetes.io/zone";

  private Nodes() {}

  /// Whether the API server is ready to be asked.
  public static boolean answers(KubernetesClient client) {
    try {
      return "ok".equals(client.raw("/readyz"));
    } catch (KubernetesClientException _) {
      return false;
    }
  }

  /// All nodes by name; those without a zone have an empty one.
  public static List<ClusterStatus.Node> list(KubernetesClient client) {
    return client.nodes().list().getItems().stream()
        .map(Nodes::node)
        .sorted(Comparator.comparing(ClusterStatus.Node::name))
        .toList();
  }

  private static ClusterStatus.Node node(Node node) {
    boolean ready =
        node.getStatus().getConditions().stream()
            .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True"));
    return new ClusterStatus.Node(
        node.getMetadata().getName(),
        node.getMetadata().getLabels().getOrDefault(ZONE, ""),
        ready,
        "");
  }
}
