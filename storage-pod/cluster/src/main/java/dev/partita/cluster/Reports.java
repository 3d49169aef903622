package dev.partita.cluster;

import dev.partita.cluster.ClusterReport.CatalogView;
import dev.partita.cluster.ClusterReport.FollowerView;
import dev.partita.cluster.ClusterReport.PartitionView;
import dev.partita.cluster.ClusterReport.PodReport;
import dev.partita.cluster.ClusterReport.ReplicaView;
import dev.partita.model.table.PartitionDescriptor;
import dev.partita.model.table.TableRecord;
import dev.partita.partition.Partition;
import dev.partita.partition.PartitionReport;
import dev.partita.replication.Group;
import dev.partita.replication.Group.Follower;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts together what a pod knows of its cluster.
final class Reports {
  /// A follower that was not heard for so long is not caught up, in milliseconds; eight heartbeats.
  static final long FRESH_MILLIS = 2_000;

  /// Entries that a follower may be behind and be called caught up: above all that a leader has in
  /// flight, and made up for within a moment.
  static final long CAUGHT_UP_ENTRIES = 1_024;

  private Reports() {}

  static ClusterReport of(PodParts parts) {
    String self = parts.config().name();
    List<PodReport> pods = new ArrayList<>();
    for (PodAddress pod : parts.config().pods()) {
      boolean reachable = pod.name().equals(self) || parts.network().reachable(pod.name());
      pods.add(new PodReport(pod.name(), pod.zone(), reachable));
    }
    List<PartitionView> partitions = new ArrayList<>();
    for (TableRecord table : parts.catalog().state().tables()) {
      for (PartitionDescriptor descriptor : table.partitions()) {
        partitions.add(view(parts, table.definition().name(), descriptor));
      }
    }
    return new ClusterReport(
        self,
        parts.catalog().leaderPod(),
        parts.catalog().applied().index(),
        catalog(parts),
        pods,
        partitions);
  }

  private static @Nullable CatalogView catalog(PodParts parts) {
    Group group = parts.catalog().group();
    if (group == null) {
      return null;
    }
    Group.Report report = group.report();
    return new CatalogView(
        report.role(),
        report.term(),
        parts.catalog().applied().index(),
        followers(report.role(), report.followers()));
  }

  /// The list is a heartbeat old: the role decides.
  private static List<FollowerView> followers(String role, List<Follower> followers) {
    return role.equals("LEADER") ? followers.stream().map(Reports::follower).toList() : List.of();
  }

  private static FollowerView follower(Follower follower) {
    return new FollowerView(follower.replica().pod(), follower.behind(), caughtUp(follower));
  }

  /// Whether writes would go on with this follower and its leader alone.
  static boolean caughtUp(Follower follower) {
    return follower.behind() <= CAUGHT_UP_ENTRIES && follower.silentMillis() <= FRESH_MILLIS;
  }

  private static PartitionView view(PodParts parts, String table, PartitionDescriptor descriptor) {
    Partition partition = parts.partitions().find(descriptor.id());
    if (partition == null) {
      ReplicaView opening =
          parts.partitions().holds(descriptor.id())
              ? new ReplicaView("OPENING", 0, 0, 0, 0, List.of())
              : null;
      String leader = parts.routes().leader(descriptor.id());
      return new PartitionView(table, descriptor, leader, opening);
    }
    PartitionReport report = partition.report();
    @Nullable String leader = report.leader() == null ? null : report.leader().pod();
    return new PartitionView(
        table,
        descriptor,
        leader,
        new ReplicaView(
            report.role(),
            report.term(),
            report.appliedIndex(),
            report.items(),
            report.bytes(),
            followers(report.role(), report.followers())));
  }
}
