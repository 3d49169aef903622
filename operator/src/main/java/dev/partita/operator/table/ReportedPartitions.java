package dev.partita.operator.table;

import dev.partita.crds.StorageCluster;
import dev.partita.operator.pods.PartitionsReport;
import dev.partita.operator.pods.PodReport;
import dev.partita.operator.pods.PodReports;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import org.jspecify.annotations.Nullable;

/// Counts partitions in what the pods said last. Every pod knows all partitions; of those that have
/// spoken, the one counts that has seen most of the catalog.
final class ReportedPartitions implements PartitionCounts {

  private final PodReports reports;

  ReportedPartitions(PodReports reports) {
    this.reports = reports;
  }

  @Override
  public @Nullable Integer of(StorageCluster cluster, String table) {
    PartitionsReport newest = null;
    for (PodReports.Answer answer : reports.latest(ResourceID.fromResource(cluster)).values()) {
      if (answer instanceof PodReports.Answer.Told(PodReport _, PartitionsReport said)
          && said != null
          && (newest == null || said.catalogApplied() > newest.catalogApplied())) {
        newest = said;
      }
    }
    if (newest == null) {
      return null;
    }
    long count = newest.partitions().stream().filter(p -> table.equals(p.table())).count();
    // A table that is being made is not in the reports yet.
    return count == 0 ? null : Math.toIntExact(count);
  }
}
