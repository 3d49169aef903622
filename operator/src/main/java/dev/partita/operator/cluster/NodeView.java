package dev.partita.operator.cluster;

import io.fabric8.kubernetes.api.model.Node;
import java.util.Map;

/// One node as Kubernetes shows it.
///
/// @param zone its label, or its own name if nobody labelled it
/// @param labelled whether the zone is one
public record NodeView(String name, String zone, boolean labelled, boolean ready) {

  private static final String ZONE = "topology.kubernetes.io/zone";

  static NodeView of(Node node) {
    Map<String, String> labels = node.getMetadata().getLabels();
    String name = node.getMetadata().getName();
    String zone = labels == null ? null : labels.get(ZONE);
    boolean ready =
        node.getStatus() != null
            && node.getStatus().getConditions() != null
            && node.getStatus().getConditions().stream()
                .anyMatch(c -> "Ready".equals(c.getType()) && "True".equals(c.getStatus()));
    return new NodeView(name, zone == null ? name : zone, zone != null, ready);
  }
}
