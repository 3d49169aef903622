package dev.partita.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.partita.e2e.process.PartitaCluster;
import dev.partita.e2e.wire.WireClient;
import java.io.IOException;
import java.time.Duration;

/// Tables of several partitions, so that leaders differ.
final class ChaosTable {

  /// A new table has one partition for so many write units.
  private static final int WRITE_UNITS_PER_PARTITION = 1_000;

  private static final Duration ACTIVE_LIMIT = Duration.ofSeconds(20);

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
      WireClient.Answer created =
          wire.call(
              "CreateTable",
              """
              {"TableName":"%s","AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],\
              "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],"BillingMode":"PAY_PER_REQUEST",\
              "WarmThroughput":{"ReadUnitsPerSecond":12000,"WriteUnitsPerSecond":%d}}"""
                  .formatted(name, partitions * WRITE_UNITS_PER_PARTITION));
      assertThat(created.ok()).as(created.text()).isTrue();
      long deadline = System.nanoTime() + ACTIVE_LIMIT.toNanos();
      JsonNode table;
      do {
        assertThat(System.nanoTime()).as("ACTIVE in time").isLessThan(deadline);
        Thread.sleep(50);
        table = wire.call("DescribeTable", "{\"TableName\":\"" + name + "\"}").body().path("Table");
      } while (!table.path("TableStatus").asText("").equals("ACTIVE"));
    }
  }
}
