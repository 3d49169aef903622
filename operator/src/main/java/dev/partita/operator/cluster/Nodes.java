package dev.partita.operator.cluster;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The few nodes that storage pods are on, read one by one: a cluster may have thousands of others.
final class Nodes {

  private static final Duration ZONE_KNOWN_FOR = Duration.ofMinutes(10);

  /// While a pod is not ready its node may be why.
  private static final Duration HEALTH_KNOWN_FOR = Duration.ofSeconds(3);

  private static final int MAX_REMEMBERED = 5_000;

  private final KubernetesClient client;
  private final Clock clock;
  private final Map<String, Seen> seen = new ConcurrentHashMap<>();

  private record Seen(NodeView node, Instant at) {}

  Nodes(KubernetesClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
  }

  /// @param healthMatters whether it must be known if the node is ready
  /// @return null if there is no such node
  @Nullable NodeView find(String name, boolean healthMatters) {
    Instant now = clock.instant();
    Seen known = seen.get(name);
    Duration good = healthMatters ? HEALTH_KNOWN_FOR : ZONE_KNOWN_FOR;
    if (known != null && now.isBefore(known.at().plus(good))) {
      return known.node();
    }
    Node node = client.nodes().withName(name).get();
    if (node == null) {
      seen.remove(name);
      return null;
    }
    if (seen.size() > MAX_REMEMBERED) {
      seen.clear();
    }
    NodeView view = NodeView.of(node);
    seen.put(name, new Seen(view, now));
    return view;
  }
}
