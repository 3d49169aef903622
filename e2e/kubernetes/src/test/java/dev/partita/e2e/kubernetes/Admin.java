package dev.partita.e2e.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.partita.e2e.check.Replicas;
import dev.partita.e2e.process.AdminPort;
import dev.partita.e2e.wire.Trust;
import io.fabric8.kubernetes.client.LocalPortForward;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;

/// The admin ports of a cluster's pods, asked as the operator asks them.
final class Admin {

  private static final int PORT = 8100;

  /// How long replicas may take to stand at the same position once nobody writes.
  private static final Duration MEET = Duration.ofMinutes(2);

  private final Place place;
  private final String cluster;

  private Admin(Place place, String cluster) {
    this.place = place;
    this.cluster = cluster;
  }

  static Admin of(Place place, String cluster) {
    return new Admin(place, cluster);
  }

  private SSLContext identity() {
    Values operator = place.secret(cluster + "-operator");
    return Trust.in(operator.get("ca.crt"), operator.get("tls.crt"), operator.get("tls.key"));
  }

  /// A look, asked over a forwarded port.
  private interface Look<T> {
    T at(AdminPort port) throws InterruptedException;
  }

  private <T> T on(String pod, Look<T> look) {
    try (LocalPortForward forward = forward(pod);
        AdminPort port = port(forward)) {
      return look.at(port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private LocalPortForward forward(String pod) {
    return place.client().pods().inNamespace(place.namespace()).withName(pod).portForward(PORT);
  }

  private AdminPort port(LocalPortForward forward) {
    return new AdminPort(URI.create("https://localhost:" + forward.getLocalPort()), identity());
  }

  private JsonNode partitions(String pod) {
    return on(pod, AdminPort::partitions)
        .orElseThrow(() -> new AssertionError(pod + " does not report"));
  }

  /// How many replicas of partitions are in that pod.
  int replicas(String pod) {
    int count = 0;
    for (JsonNode partition : partitions(pod).path("partitions")) {
      count += partition.has("here") ? 1 : 0;
    }
    return count;
  }

  /// Ids of partitions whose replicas are not in three different pods.
  List<Long> partitionsWithoutThreePods(String pod) {
    List<Long> ids = new ArrayList<>();
    for (JsonNode partition : partitions(pod).path("partitions")) {
      List<String> pods = new ArrayList<>();
      partition.path("peers").forEach(p -> pods.add(p.path("pod").asText("")));
      if (pods.stream().distinct().count() != 3) {
        ids.add(partition.path("id").asLong());
      }
    }
    return ids;
  }

  /// The pod that leads the most partitions.
  String leaderOfMost() {
    Map<String, Integer> leads = leaders(cluster + "-0");
    return leads.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
  }

  /// How many partitions each pod leads, as one pod sees it; nobody is an empty name.
  Map<String, Integer> leaders(String pod) {
    Map<String, Integer> leads = new HashMap<>();
    for (JsonNode partition : partitions(pod).path("partitions")) {
      leads.merge(partition.path("leader").asText(""), 1, Integer::sum);
    }
    return leads;
  }

  /// Serial numbers in use, by pod and port; nothing for a pod that does not answer.
  Map<String, String> certificates() {
    Map<String, String> serials = new TreeMap<>();
    for (String pod : Stage.pods(cluster)) {
      Optional<JsonNode> report = on(pod, AdminPort::pod);
      report.ifPresent(
          r -> {
            serials.put(pod + " requests", r.path("tls").path("serial").asText(""));
            serials.put(pod + " internal", r.path("internalTls").path("serial").asText(""));
          });
    }
    return serials;
  }

  /// Ids of the keys that a pod takes now.
  List<String> accessKeys(String pod) {
    List<String> ids = new ArrayList<>();
    on(pod, AdminPort::pod)
        .ifPresent(r -> r.path("accessKeys").forEach(k -> ids.add(k.path("id").asText(""))));
    return ids;
  }

  /// Waits until all replicas of everything are equal by checksum.
  void awaitEqualReplicas() throws InterruptedException, IOException {
    List<LocalPortForward> forwards = new ArrayList<>();
    List<AdminPort> ports = new ArrayList<>();
    try {
      for (String pod : Stage.pods(cluster)) {
        forwards.add(forward(pod));
        ports.add(port(forwards.getLast()));
      }
      for (Replicas.Equal equal : Replicas.awaitEqual(ports, MEET)) {
        System.out.println("equal in all pods: " + equal.group() + " " + equal.sum());
      }
    } finally {
      ports.forEach(AdminPort::close);
      for (LocalPortForward forward : forwards) {
        forward.close();
      }
    }
  }
}
