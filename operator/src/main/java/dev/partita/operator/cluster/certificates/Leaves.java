package dev.partita.operator.cluster.certificates;

import dev.partita.crds.Tls;
import dev.partita.operator.cluster.objects.Names;
import dev.partita.operator.cluster.objects.Wanted;
import dev.partita.operator.tls.LeafRequest;
import java.util.ArrayList;
import java.util.List;

/// The certificates that the operator makes for a cluster.
public final class Leaves {

  /// The subject by which pods know their operator.
  static final String OPERATOR_NAME = "partita-operator";

  private static final List<String> LOOPBACK = List.of("127.0.0.1");

  private Leaves() {}

  public static List<Leaf> of(Wanted wanted) {
    Names names = wanted.names();
    List<Leaf> leaves = new ArrayList<>();
    leaves.add(
        new Leaf(
            names.internalTlsSecret(), new LeafRequest("partita-pod", names.podHosts(), LOOPBACK)));
    leaves.add(
        new Leaf(names.operatorSecret(), new LeafRequest(OPERATOR_NAME, List.of(), List.of())));
    if (wanted.tls() == Tls.TlsMode.OPERATOR_MANAGED) {
      leaves.add(
          new Leaf(names.tlsSecret(), new LeafRequest("partita", clientHosts(wanted), LOOPBACK)));
    }
    return leaves;
  }

  /// The names that clients may use, with those that the spec adds.
  public static List<String> clientHosts(Wanted wanted) {
    List<String> hosts = new ArrayList<>(wanted.names().clientHosts());
    wanted.additionalDnsNames().stream().filter(n -> !hosts.contains(n)).forEach(hosts::add);
    return hosts;
  }
}
