package dev.partita.operator.cluster;

import dev.partita.operator.pods.PartitionsReport;
import dev.partita.operator.pods.PartitionsReport.Follower;
import dev.partita.operator.pods.PartitionsReport.Partition;
import dev.partita.operator.pods.PartitionsReport.Peer;
import dev.partita.operator.pods.PartitionsReport.Replica;
import dev.partita.operator.pods.PartitionsReport.Sibling;
import dev.partita.operator.pods.PodReport;
import dev.partita.operator.pods.PodReports.Answer;
import dev.partita.operator.pods.PodReports.Answer.Silent;
import dev.partita.operator.pods.PodReports.Answer.Told;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What three pods of a healthy cluster say, until something is changed.
final class Reports {

  static final List<String> PODS = List.of("orders-0", "orders-1", "orders-2");

  private final Map<String, String> silent = new HashMap<>();
  private final Set<String> unready = new HashSet<>();
  private final Set<String> draining = new HashSet<>();
  private final Set<String> deaf = new HashSet<>();
  private final Set<String> behind = new HashSet<>();
  private final Set<String> unknown = new HashSet<>();
  private final Map<Long, @Nullable String> leaders = new TreeMap<>();
  private @Nullable String catalogLeader = "orders-0";
  private PodReport.@Nullable Certificate tls;
  private PodReport.@Nullable Certificate internalTls;

  Reports() {
    leaders.put(1L, "orders-0");
    leaders.put(2L, "orders-1");
    leaders.put(3L, "orders-2");
  }

  Reports silent(String pod, String why) {
    silent.put(pod, why);
    return this;
  }

  Reports unready(String pod) {
    unready.add(pod);
    return this;
  }

  Reports draining(String pod) {
    draining.add(pod);
    return this;
  }

  /// One pod does not hear the other.
  Reports deaf(String pod, String other) {
    deaf.add(pod + ">" + other);
    return this;
  }

  /// The leader of a partition, 0 for the catalog, sees a follower behind.
  Reports behind(long partition, String follower) {
    behind.add(partition + ">" + follower);
    return this;
  }

  /// The leader of a partition, 0 for the catalog, has not looked at a follower yet.
  Reports unknown(long partition, String follower) {
    unknown.add(partition + ">" + follower);
    return this;
  }

  Reports withoutTables() {
    leaders.clear();
    return this;
  }

  Reports leader(long partition, @Nullable String pod) {
    leaders.put(partition, pod);
    return this;
  }

  Reports catalogLeader(@Nullable String pod) {
    catalogLeader = pod;
    return this;
  }

  /// All use certificates that end then.
  Reports until(Instant end) {
    tls = new PodReport.Certificate("5ac1", end.getEpochSecond());
    internalTls = tls;
    return this;
  }

  /// All use the certificates of these serial numbers.
  Reports serials(String client, String internal) {
    tls = new PodReport.Certificate(client, 2_000_000_000L);
    internalTls = new PodReport.Certificate(internal, 2_000_000_000L);
    return this;
  }

  Map<String, Answer> answers() {
    Map<String, Answer> answers = new TreeMap<>();
    for (String pod : PODS) {
      String why = silent.get(pod);
      answers.put(pod, why == null ? told(pod) : new Silent(why));
    }
    return answers;
  }

  private Told told(String pod) {
    return new Told(
        new PodReport(
            pod,
            "zone-a",
            "0.1.0",
            !unready.contains(pod),
            draining.contains(pod),
            1_700_000_000L,
            List.of(),
            tls,
            internalTls),
        new PartitionsReport(
            pod,
            catalogLeader,
            42,
            replica(0, pod, catalogLeader),
            PODS.stream()
                .map(other -> new Sibling(other, "zone", !deaf.contains(pod + ">" + other)))
                .toList(),
            leaders.keySet().stream().map(id -> partition(id, pod)).toList()));
  }

  private Partition partition(long id, String pod) {
    String leader = leaders.get(id);
    return new Partition(
        "orders",
        id,
        PODS.stream().map(p -> new Peer(p, 1)).toList(),
        leader,
        replica(id, pod, leader));
  }

  private Replica replica(long id, String pod, @Nullable String leader) {
    if (!pod.equals(leader)) {
      return new Replica("FOLLOWER", 3, 99, List.of());
    }
    return new Replica(
        "LEADER",
        3,
        99,
        PODS.stream()
            .filter(p -> !p.equals(pod) && !unknown.contains(id + ">" + p))
            .map(
                p ->
                    new Follower(
                        p,
                        behind.contains(id + ">" + p) ? 5_000 : 0,
                        !behind.contains(id + ">" + p)))
            .toList());
  }
}
