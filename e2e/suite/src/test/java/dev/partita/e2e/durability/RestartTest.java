package dev.partita.e2e.durability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.e2e.process.PartitaDev;
import dev.partita.e2e.wire.FreshTable;
import dev.partita.e2e.wire.WireClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was acknowledged is there after `kill -9`, again and again.
class RestartTest {

  private static final int WRITERS = 8;

  @TempDir private Path scratch;

  @Test
  void everyAcknowledgedWriteSurvivesKillNine() throws Exception {
    Path data = scratch.resolve("data");
    Path log = scratch.resolve("dev.log");
    Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    PartitaDev node = PartitaDev.start(data, log);
    try (WireClient wire = wire(node)) {
      createTable(wire);
    }
    for (int life = 0; life < 3; life++) {
      int wanted = acknowledged.size() + 300;
      writeUntil(node, life, wanted, acknowledged);
      node.kill();
      node = PartitaDev.start(data, log);
      try (WireClient wire = wire(node)) {
        for (String key : acknowledged) {
          WireClient.Answer read = wire.call("GetItem", get(key));
          assertThat(read.status()).as(read.text()).isEqualTo(200);
          assertThat(read.body().path("Item").path("v").path("S").asText())
              .as("item %s after life %d", key, life)
              .isEqualTo("value of " + key);
        }
      }
    }
    node.close();
  }

  /// Writes from several clients and pulls the rug while they write.
  private static void writeUntil(PartitaDev node, int life, int wanted, Set<String> acknowledged)
      throws Exception {
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> writers = new ArrayList<>();
      for (int w = 0; w < WRITERS; w++) {
        int writer = w;
        writers.add(
            pool.submit(
                () -> {
                  try (WireClient wire = wire(node)) {
                    for (int i = 0; ; i++) {
                      String key = life + "-" + writer + "-" + i;
                      if (wire.call("PutItem", put(key)).ok()) {
                        acknowledged.add(key);
                      }
                      if (acknowledged.size() >= wanted) {
                        node.kill();
                      }
                    }
                  } catch (IOException killed) {
                    return null;
                  }
                }));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
    }
  }

  private static void createTable(WireClient wire) throws IOException, InterruptedException {
    FreshTable.create(
        wire,
        """
        {"TableName":"Kept","AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],\
        "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],"BillingMode":"PAY_PER_REQUEST"}""");
  }

  private static WireClient wire(PartitaDev node) {
    return new WireClient(
        node.endpoint(), PartitaDev.CREDENTIALS, PartitaDev.REGION, Duration.ofSeconds(10));
  }

  private static String put(String key) {
    return """
    {"TableName":"Kept","Item":{"pk":{"S":"%s"},"v":{"S":"value of %s"}}}"""
        .formatted(key, key);
  }

  private static String get(String key) {
    return """
    {"TableName":"Kept","Key":{"pk":{"S":"%s"}},"ConsistentRead":true}"""
        .formatted(key);
  }
}
