package dev.partita.e2e.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.partita.e2e.process.AdminPort;
import dev.partita.e2e.process.AdminPort.Sum;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// Compares all replicas of a cluster at rest by their checksums. Replicas at one position with
/// different sums are a fault at once; replicas at different positions are given time to meet.
public final class Replicas {

  private static final long POLL_MILLIS = 50;

  private Replicas() {}

  /// @param group `catalog` or `partitions/7`
  /// @param sum the same on all pods
  public record Equal(String group, Sum sum) {}

  /// @return the catalog and every partition that it knows
  /// @throws IllegalStateException if replicas differ, or do not meet in time
  public static List<Equal> awaitEqual(List<AdminPort> pods, Duration limit)
      throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    List<Equal> equal = new ArrayList<>();
    equal.add(awaitEqual("catalog", pods, deadline));
    for (long id : partitions(pods, deadline)) {
      equal.add(awaitEqual("partitions/" + id, pods, deadline));
    }
    return equal;
  }

  private static Equal awaitEqual(String group, List<AdminPort> pods, long deadline)
      throws InterruptedException {
    while (true) {
      List<Optional<Sum>> sums = new ArrayList<>();
      for (AdminPort pod : pods) {
        sums.add(pod.checksum(group));
      }
      List<Sum> taken = sums.stream().flatMap(Optional::stream).toList();
      refuseDifference(group, taken);
      boolean met = taken.stream().distinct().count() == 1;
      if (met && taken.size() == pods.size()) {
        return new Equal(group, taken.getFirst());
      }
      pause(group + " is at different positions: " + sums, deadline);
    }
  }

  private static void refuseDifference(String group, List<Sum> sums) {
    for (Sum a : sums) {
      for (Sum b : sums) {
        if (a.index() == b.index() && !a.equals(b)) {
          throw new IllegalStateException("replicas of " + group + " differ: " + sums);
        }
      }
    }
  }

  private static SortedSet<Long> partitions(List<AdminPort> pods, long deadline)
      throws InterruptedException {
    while (true) {
      SortedSet<Long> ids = new TreeSet<>();
      int answers = 0;
      for (AdminPort pod : pods) {
        Optional<JsonNode> report = pod.partitions();
        answers += report.isPresent() ? 1 : 0;
        report.ifPresent(r -> r.path("partitions").forEach(p -> ids.add(p.path("id").asLong())));
      }
      if (answers == pods.size()) {
        return ids;
      }
      pause("only " + answers + " pods report", deadline);
    }
  }

  /// The pace of asking; the bound is the caller's.
  private static void pause(String what, long deadline) throws InterruptedException {
    if (System.nanoTime() > deadline) {
      throw new IllegalStateException(what);
    }
    Thread.sleep(POLL_MILLIS);
  }
}
