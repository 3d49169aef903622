package dev.partita.operator.cluster.objects;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPortBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Who may reach which port of the pods: peers their peers, the operator and Prometheus the admin
/// port, clients the client port as the spec says. What pods reach is not limited.
public final class ClusterNetworkPolicy {

  /// Kubernetes sets it on every namespace.
  private static final String NAMESPACE_NAME = "kubernetes.io/metadata.name";

  /// As Prometheus' own operator and chart label it.
  private static final Map<String, String> PROMETHEUS = Map.of(Names.NAME_LABEL, "prometheus");

  private ClusterNetworkPolicy() {}

  public static NetworkPolicy of(Wanted wanted) {
    return new NetworkPolicyBuilder()
        .withMetadata(Meta.of(wanted, wanted.names().networkPolicy()))
        .withNewSpec()
        .withNewPodSelector()
        .withMatchLabels(wanted.names().selector())
        .endPodSelector()
        .withPolicyTypes("Ingress")
        .withIngress(peers(wanted), admin(wanted), clients(wanted))
        .endSpec()
        .build();
  }

  private static NetworkPolicyIngressRule peers(Wanted wanted) {
    return new NetworkPolicyIngressRuleBuilder()
        .withPorts(port(Names.PEER_PORT))
        .withFrom(
            new NetworkPolicyPeerBuilder()
                .withNewPodSelector()
                .withMatchLabels(wanted.names().selector())
                .endPodSelector()
                .build())
        .build();
  }

  private static NetworkPolicyIngressRule admin(Wanted wanted) {
    return new NetworkPolicyIngressRuleBuilder()
        .withPorts(port(Names.ADMIN_PORT))
        .withFrom(
            operator(wanted),
            new NetworkPolicyPeerBuilder()
                .withNewNamespaceSelector()
                .endNamespaceSelector()
                .withNewPodSelector()
                .withMatchLabels(PROMETHEUS)
                .endPodSelector()
                .build())
        .build();
  }

  private static NetworkPolicyIngressRule clients(Wanted wanted) {
    NetworkPolicyIngressRuleBuilder rule =
        new NetworkPolicyIngressRuleBuilder().withPorts(port(Names.CLIENT_PORT));
    if (wanted.clientPeers().isEmpty()) {
      return rule.build();
    }
    List<NetworkPolicyPeer> from = new ArrayList<>(wanted.clientPeers());
    // The operator makes tables through this port.
    from.add(operator(wanted));
    return rule.withFrom(from).build();
  }

  private static NetworkPolicyPeer operator(Wanted wanted) {
    return new NetworkPolicyPeerBuilder()
        .withNewNamespaceSelector()
        .withMatchLabels(Map.of(NAMESPACE_NAME, wanted.operatorNamespace()))
        .endNamespaceSelector()
        .build();
  }

  private static NetworkPolicyPort port(int port) {
    return new NetworkPolicyPortBuilder()
        .withPort(new IntOrString(port))
        .withProtocol("TCP")
        .build();
  }
}
