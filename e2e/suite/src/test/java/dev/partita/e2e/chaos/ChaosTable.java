package dev.partita.e2e.chaos;

import dev.partita.e2e.process.PartitaCluster;
import dev.partita.e2e.wire.FreshTable;
import dev.partita.e2e.wire.WireClient;
import java.io.IOException;
import java.time.Duration;

/// Tables of several partitions, so that leaders differ.
final class ChaosTable {

  /// A new table has one partition for so many write units.
  private static final int WRITE_UNITS_PER_PARTITION = 1_000;

  private ChaosTable() {}

  static WireClient wire(PartitaCluster cluster, int pod) {
    return new WireClient(
        cluster.endpoint(pod),
        PartitaCluster.CREDENTIALS,
        PartitaCluster.REGION,
        Duration.ofSeconds(10));
  }

  /// Creates a table with the partition key `pk` and waits until it is ACTIVE.
  static void create(PartitaCluster cluster, String name, int partitions)
      throws IOException, InterruptedException {
    try (WireClient wire = wire(cluster, 0)) {
      FreshTable.create(
          wire,
          """
          {"TableName":"%s","AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],\
          "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],"BillingMode":"PAY_PER_REQUEST",\
          "WarmThroughput":{"ReadUnitsPerSecond":12000,"WriteUnitsPerSecond":%d}}"""
              .formatted(name, partitions * WRITE_UNITS_PER_PARTITION));
    }
  }
}
