package dev.partita.operator.cluster;

import dev.partita.operator.pods.PartitionsReport;
import dev.partita.operator.pods.PartitionsReport.Follower;
import dev.partita.operator.pods.PartitionsReport.Partition;
import dev.partita.operator.pods.PartitionsReport.Peer;
import dev.partita.operator.pods.PartitionsReport.Replica;
import dev.partita.operator.pods.PartitionsReport.Sibling;
import dev.partita.operator.pods.PodReports.Answer;
import dev.partita.operator.pods.PodReports.Answer.Silent;
import dev.partita.operator.pods.PodReports.Answer.Told;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Whether a pod may be stopped without the catalog or a partition losing its quorum: all others
/// answer, serve, and hear each other, and whoever leads a group names every follower that stays
/// and calls it caught up: of one that it does not name it knows nothing yet. A pure function of
/// what the pods say.
public final class QuorumSafety {

  private QuorumSafety() {}

  /// @param pod that is to be stopped
  /// @param all names of the cluster's pods
  /// @param answers of the pods by name, given this moment
  /// @return why it may not be stopped now, a sentence; empty if it may
  public static Optional<String> objection(
      String pod, List<String> all, Map<String, Answer> answers) {
    List<String> others = all.stream().filter(p -> !p.equals(pod)).toList();
    for (String other : others) {
      Optional<String> objection = stays(other, others, answers.get(other));
      if (objection.isPresent()) {
        return objection;
      }
    }
    List<PartitionsReport> reports = new ArrayList<>();
    for (Answer answer : answers.values()) {
      if (answer instanceof Told(_, @Nullable PartitionsReport partitions) && partitions != null) {
        reports.add(partitions);
      }
    }
    Optional<String> catalog = catalog(others, reports);
    if (catalog.isPresent()) {
      return catalog;
    }
    for (Group group : partitions(reports).values()) {
      Optional<String> objection = group.objection(others);
      if (objection.isPresent()) {
        return objection;
      }
    }
    return Optional.empty();
  }

  /// A pod that stays must be able to carry its part.
  private static Optional<String> stays(String pod, List<String> others, @Nullable Answer answer) {
    return switch (answer) {
      case null -> Optional.of("pod " + pod + " was not asked");
      case Silent(String why) -> Optional.of("pod " + pod + " does not answer: " + why);
      case Told(var report, @Nullable PartitionsReport partitions) -> {
        if (report.draining()) {
          yield Optional.of("pod " + pod + " is stopping");
        }
        if (!report.ready() || partitions == null) {
          yield Optional.of("pod " + pod + " is not ready");
        }
        yield partitions.pods().stream()
            .filter(sibling -> others.contains(sibling.name()) && !sibling.name().equals(pod))
            .filter(sibling -> !sibling.reachable())
            .map(Sibling::name)
            .findFirst()
            .map(other -> "pod " + pod + " does not hear pod " + other);
      }
    };
  }

  private static Optional<String> catalog(List<String> others, List<PartitionsReport> reports) {
    Group group = new Group("the catalog");
    group.members.addAll(others);
    reports.forEach(report -> group.add(report.pod(), report.catalog()));
    return group.objection(others);
  }

  private static Map<Long, Group> partitions(List<PartitionsReport> reports) {
    Map<Long, Group> groups = new TreeMap<>();
    for (PartitionsReport report : reports) {
      for (Partition partition : report.partitions()) {
        Group group = groups.computeIfAbsent(partition.id(), id -> new Group("partition " + id));
        partition.peers().stream().map(Peer::pod).forEach(group.members::add);
        group.add(report.pod(), partition.here());
      }
    }
    return groups;
  }

  /// A group's replicas, as the pods that hold them see them.
  private static final class Group {
    private final String name;
    private final Set<String> members = new TreeSet<>();
    private final Map<String, Replica> replicas = new TreeMap<>();

    Group(String name) {
      this.name = name;
    }

    void add(String pod, @Nullable Replica replica) {
      if (replica != null) {
        replicas.put(pod, replica);
      }
    }

    /// @param staying pods that are to carry the group
    Optional<String> objection(List<String> staying) {
      // Two may say that they lead while one does not know yet that it is over.
      Optional<Map.Entry<String, Replica>> leader =
          replicas.entrySet().stream()
              .filter(entry -> entry.getValue().leads())
              .max(Comparator.comparingLong(entry -> entry.getValue().term()));
      if (leader.isEmpty()) {
        return Optional.of("nobody leads " + name);
      }
      return members.stream()
          .filter(member -> staying.contains(member) && !member.equals(leader.get().getKey()))
          .flatMap(member -> behind(member, leader.get().getValue()).stream())
          .findFirst();
    }

    private Optional<String> behind(String member, Replica leader) {
      Optional<Follower> known =
          leader.followers().stream().filter(f -> f.pod().equals(member)).findFirst();
      if (known.isEmpty()) {
        return Optional.of("the leader of " + name + " says nothing of pod " + member);
      }
      return known
          .filter(f -> !f.caughtUp())
          .map(
              f -> "pod " + member + " is " + f.behind() + " entries behind the leader of " + name);
    }
  }
}
