package dev.partita.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.partita.e2e.process.PartitaCluster;
import dev.partita.e2e.wire.WireClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Pods are killed, stopped and restarted under load; what the clients saw must be explained by
/// single registers, and the replicas must end up equal.
///
/// `-Dpartita.chaos.seconds=N` sets how long (30 by default), `-Dpartita.chaos.seed=K` what
/// happens.
class ChaosTest {

  private static final Duration LENGTH =
      Duration.ofSeconds(Long.getLong("partita.chaos.seconds", 30));
  private static final long SEED = Long.getLong("partita.chaos.seed", System.nanoTime());
  private static final String TABLE = "Chaos";

  @TempDir private Path scratch;

  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void noAcknowledgedWriteIsLostAndEveryRegisterIsLinearizable() throws Exception {
    System.out.println("chaos: seed " + SEED);
    try (PartitaCluster cluster =
        PartitaCluster.start(scratch.resolve("cluster"), scratch.resolve("commands.log"))) {
      createTable(cluster);
      ChaosRun run =
          new ChaosRun(cluster, PartitaCluster.CREDENTIALS, PartitaCluster.REGION, TABLE, SEED);
      ChaosRun.Verdict verdict = run.run(LENGTH);
      System.out.printf(
          "chaos: %d registers, %d answered, %d unknown, harm %s%n",
          verdict.registers(), verdict.answered(), verdict.unknown(), verdict.deeds());
      assertThat(verdict.deeds()).as("some harm was done").isNotEmpty();
      assertThat(verdict.answered()).as("the load went on").isGreaterThan(1_000);
      assertThat(verdict.violations()).as("seed %d", SEED).isEmpty();
    }
  }

  /// Several partitions, so that leaders differ.
  private static void createTable(PartitaCluster cluster) throws IOException, InterruptedException {
    try (WireClient wire =
        new WireClient(
            cluster.endpoint(0),
            PartitaCluster.CREDENTIALS,
            PartitaCluster.REGION,
            Duration.ofSeconds(10))) {
      WireClient.Answer created =
          wire.call(
              "CreateTable",
              """
              {"TableName":"%s","AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],\
              "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],"BillingMode":"PAY_PER_REQUEST",\
              "WarmThroughput":{"ReadUnitsPerSecond":12000,"WriteUnitsPerSecond":4000}}"""
                  .formatted(TABLE));
      assertThat(created.ok()).as(created.text()).isTrue();
      long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      JsonNode table;
      do {
        assertThat(System.nanoTime()).as("ACTIVE in time").isLessThan(deadline);
        Thread.sleep(50);
        table =
            wire.call("DescribeTable", "{\"TableName\":\"" + TABLE + "\"}").body().path("Table");
      } while (!table.path("TableStatus").asText("").equals("ACTIVE"));
    }
  }
}
