package dev.partita.server.table;

import dev.partita.cluster.Cluster;
import dev.partita.server.operation.Operation;
import java.util.List;

/// All table operations.
public final class TableOperations {
  private TableOperations() {}

  public static List<Operation> of(Cluster cluster) {
    return List.of(
        new CreateTable(cluster),
        new DescribeTable(cluster),
        new ListTables(cluster),
        new UpdateTable(cluster),
        new DeleteTable(cluster),
        new TagResource(cluster),
        new UntagResource(cluster),
        new ListTagsOfResource(cluster),
        new UpdateTimeToLive(cluster),
        new DescribeTimeToLive(cluster));
  }
}
