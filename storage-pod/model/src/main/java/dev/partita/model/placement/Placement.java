package dev.partita.model.placement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Decides on which pods the replicas of new partitions live. Pure: the same input gives the same
/// plan, wherever it is made.
///
/// Every partition gets its replicas on different pods, in different zones as long as there are
/// zones left, and each goes to the pod with the fewest replicas. The first pod of a partition is
/// the one that should lead it at first; leads are spread evenly as well.
public final class Placement {

  /// Replicas of a partition, wherever there are pods enough.
  public static final int REPLICATION_FACTOR = 3;

  private Placement() {}

  /// @param name unique in the cluster
  /// @param zone where the pod runs
  /// @param replicas how many replicas it holds already
  public record Pod(String name, String zone, int replicas) {}

  /// @param partitions the pods of each partition, preferred leader first
  /// @param factor how many replicas each partition got
  /// @param degraded whether that is fewer than was asked for, for want of pods
  /// @param zones over how many zones each partition is spread
  public record Plan(List<List<String>> partitions, int factor, boolean degraded, int zones) {
    public Plan {
      partitions = List.copyOf(partitions);
    }
  }

  /// @param pods all that may be used, at least one
  /// @param partitions how many to place
  /// @param factor replicas of each; an even number of replicas bears no more losses than one
  ///   fewer, so a cluster of two pods places one
  public static Plan place(List<Pod> pods, int partitions, int factor) {
    if (pods.isEmpty()) {
      throw new IllegalArgumentException("no pods to place on");
    }
    if (partitions < 0 || factor < 1) {
      throw new IllegalArgumentException(partitions + " partitions of " + factor + " replicas");
    }
    int replicas = Math.min(factor, pods.size());
    Load load = new Load(pods);
    List<List<String>> placed = new ArrayList<>(partitions);
    for (int i = 0; i < partitions; i++) {
      placed.add(load.placeOne(replicas));
    }
    int zones = Math.min(replicas, (int) pods.stream().map(Pod::zone).distinct().count());
    return new Plan(placed, replicas, replicas < factor, zones);
  }

  /// What every pod carries while the plan grows.
  private static final class Load {
    private final List<Pod> pods;
    private final Map<String, Integer> replicas = new HashMap<>();
    private final Map<String, Integer> leads = new HashMap<>();

    Load(List<Pod> pods) {
      this.pods = pods.stream().sorted(Comparator.comparing(Pod::name)).toList();
      for (Pod pod : this.pods) {
        if (replicas.put(pod.name(), pod.replicas()) != null) {
          throw new IllegalArgumentException("two pods are called " + pod.name());
        }
        leads.put(pod.name(), 0);
      }
    }

    List<String> placeOne(int count) {
      Set<String> zones = new HashSet<>();
      List<String> chosen = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        Pod next = leastLoaded(zones, chosen);
        zones.add(next.zone());
        chosen.add(next.name());
        replicas.merge(next.name(), 1, Integer::sum);
      }
      String leader = chosen.stream().min(Comparator.comparingInt(this::leadsOf)).orElseThrow();
      leads.merge(leader, 1, Integer::sum);
      chosen.remove(leader);
      chosen.addFirst(leader);
      return List.copyOf(chosen);
    }

    private Pod leastLoaded(Set<String> usedZones, List<String> usedPods) {
      return pods.stream()
          .filter(pod -> !usedPods.contains(pod.name()))
          .min(
              Comparator.comparing((Pod pod) -> usedZones.contains(pod.zone()))
                  .thenComparingInt(pod -> replicas.getOrDefault(pod.name(), 0)))
          .orElseThrow();
    }

    private int leadsOf(String pod) {
      return leads.getOrDefault(pod, 0);
    }
  }
}
