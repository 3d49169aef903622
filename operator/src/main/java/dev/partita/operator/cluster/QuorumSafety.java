package dev.partita.operator.cluster;

import dev.partita.operator.pods.PartitionsReport;
import dev.partita.operator.pods.PartitionsReport.Partition;
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
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Whether a pod may be stopped without the catalog or a partition losing its quorum: all others
/// answer, serve, and hear each other, and whoever leads a group has every follower that stays
/// caught up. A pure function of what the pods say.
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
    List<Replica> catalogs = new ArrayList<>();
    for (PartitionsReport report : reports) {
      if (report.catalog() != null) {
        catalogs.add(report.catalog());
      }
    }
    Optional<String> catalog = group("the catalog", pod, others, catalogs);
    if (catalog.isPresent()) {
      return catalog;
    }
    for (Map.Entry<Long, List<Replica>> group : partitions(reports).entrySet()) {
      Optional<String> objection =
          group("partition " + group.getKey(), pod, others, group.getValue());
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

  private static Map<Long, List<Replica>> partitions(List<PartitionsReport> reports) {
    Map<Long, List<Replica>> groups = new TreeMap<>();
    for (PartitionsReport report : reports) {
      for (Partition partition : report.partitions()) {
        List<Replica> replicas = groups.computeIfAbsent(partition.id(), _ -> new ArrayList<>());
        if (partition.here() != null) {
          replicas.add(partition.here());
        }
      }
    }
    return groups;
  }

  /// @param replicas of one group, as the pods that hold them see them
  private static Optional<String> group(
      String group, String pod, List<String> others, List<Replica> replicas) {
    // Two may say that they lead while one does not know yet that it is over.
    Optional<Replica> leader =
        replicas.stream().filter(Replica::leads).max(Comparator.comparingLong(Replica::term));
    if (leader.isEmpty()) {
      return Optional.of("nobody leads " + group);
    }
    return leader.get().followers().stream()
        .filter(f -> others.contains(f.pod()) && !f.pod().equals(pod) && !f.caughtUp())
        .findFirst()
        .map(
            f -> "pod " + f.pod() + " is " + f.behind() + " entries behind the leader of " + group);
  }
}
