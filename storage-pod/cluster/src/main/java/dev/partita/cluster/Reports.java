package dev.partita.cluster;

import dev.partita.cluster.ClusterReport.PartitionView;
import dev.partita.cluster.ClusterReport.PodReport;
import dev.partita.cluster.ClusterReport.ReplicaView;
import dev.partita.model.table.PartitionDescriptor;
import dev.partita.model.table.TableRecord;
import dev.partita.partition.Partition;
import dev.partita.partition.PartitionReport;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts together what a pod knows of its cluster.
final class Reports {
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
        self, parts.catalog().leaderPod(), parts.catalog().applied().index(), pods, partitions);
  }

  private static PartitionView view(PodParts parts, String table, PartitionDescriptor descriptor) {
    Partition partition = parts.partitions().find(descriptor.id());
    if (partition == null) {
      ReplicaView opening =
          parts.partitions().holds(descriptor.id()) ? new ReplicaView("OPENING", 0, 0, 0, 0) : null;
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
            report.role(), report.term(), report.appliedIndex(), report.items(), report.bytes()));
  }
}
