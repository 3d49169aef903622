package dev.partita.kube.agent;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The names of a cluster's Services, by the rules of Kubernetes' DNS specification 1.1.0: an
/// address for each Service, addresses of its ready pods for a headless one, an address for each
/// pod with a host name, and ports by name.
///
/// @param addresses by name without the last dot, in small letters; empty for a name that exists
///   and has no address just now
/// @param ports the same for `_http._tcp.NAME`
record ServiceNames(Map<String, List<String>> addresses, Map<String, List<Target>> ports) {

  static final String DOMAIN = "cluster.local";
  private static final String SERVICE_OF_SLICE = "kubernetes.io/service-name";

  /// Where a named port leads.
  record Target(String host, int port) {}

  ServiceNames {
    addresses = Map.copyOf(addresses);
    ports = Map.copyOf(ports);
  }

  static ServiceNames none() {
    return new ServiceNames(Map.of(), Map.of());
  }

  static ServiceNames of(Collection<Service> services, Collection<EndpointSlice> slices) {
    Builder builder = new Builder();
    for (Service service : services) {
      String name = name(service.getMetadata().getNamespace(), service.getMetadata().getName());
      String clusterIp = Optional.ofNullable(service.getSpec().getClusterIP()).orElse("");
      if (clusterIp.isEmpty() || "ExternalName".equals(service.getSpec().getType())) {
        continue;
      }
      builder.addresses.computeIfAbsent(name, _ -> new ArrayList<>());
      if (clusterIp.equals("None")) {
        slices.stream()
            .filter(slice -> belongs(slice, service))
            .forEach(slice -> builder.headless(name, slice));
      } else {
        builder.address(name, clusterIp);
        for (ServicePort port : service.getSpec().getPorts()) {
          builder.port(name, port.getName(), port.getProtocol(), new Target(name, port.getPort()));
        }
      }
    }
    return new ServiceNames(builder.addresses, builder.ports);
  }

  private static boolean belongs(EndpointSlice slice, Service service) {
    Map<String, String> labels =
        Optional.ofNullable(slice.getMetadata().getLabels()).orElse(Map.of());
    return service.getMetadata().getName().equals(labels.get(SERVICE_OF_SLICE))
        && service.getMetadata().getNamespace().equals(slice.getMetadata().getNamespace())
        && "IPv4".equals(slice.getAddressType());
  }

  private static String name(String namespace, String service) {
    return service + "." + namespace + ".svc." + DOMAIN;
  }

  /// The API server writes `null` for a list that is empty.
  private static <T> List<T> orEmpty(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }

  private static final class Builder {
    private final Map<String, List<String>> addresses = new TreeMap<>();
    private final Map<String, List<Target>> ports = new TreeMap<>();

    /// A Service that publishes pods before they are ready has them all marked as ready here.
    void headless(String name, EndpointSlice slice) {
      for (Endpoint endpoint : orEmpty(slice.getEndpoints())) {
        boolean ready =
            endpoint.getConditions() == null
                || !Boolean.FALSE.equals(endpoint.getConditions().getReady());
        if (!ready) {
          continue;
        }
        for (String address : endpoint.getAddresses()) {
          String host =
              Optional.ofNullable(endpoint.getHostname()).orElse(address.replace('.', '-'))
                  + "."
                  + name;
          address(name, address);
          address(host, address);
          for (EndpointPort port : orEmpty(slice.getPorts())) {
            port(name, port.getName(), port.getProtocol(), new Target(host, port.getPort()));
          }
        }
      }
    }

    void address(String name, String address) {
      List<String> known =
          addresses.computeIfAbsent(name.toLowerCase(Locale.ROOT), _ -> new ArrayList<>());
      if (!known.contains(address)) {
        known.add(address);
      }
    }

    void port(String service, @Nullable String port, @Nullable String protocol, Target target) {
      if (port != null && !port.isEmpty()) {
        String transport = Optional.ofNullable(protocol).orElse("TCP").toLowerCase(Locale.ROOT);
        ports
            .computeIfAbsent("_" + port + "._" + transport + "." + service, _ -> new ArrayList<>())
            .add(target);
      }
    }
  }
}
