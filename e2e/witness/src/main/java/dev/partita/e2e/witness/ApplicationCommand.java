package dev.partita.e2e.witness;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.TrustManager;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/// What an application does, with the AWS SDK as it comes out of the box and the endpoint, region
/// and keys that the Secret put into the environment: writes a value and reads it back. Ends with a
/// line that counts what failed in spite of the SDK's own retries, and says how long the slowest
/// pair took.
@Command(name = "application", description = "Writes and reads as an application would.")
final class ApplicationCommand implements Callable<Integer> {

  /// Failures that are printed in full.
  private static final int PRINTED = 20;

  @Option(names = "--table", required = true)
  String table = "";

  @Option(names = "--key", defaultValue = "pk", description = "Name of the table's partition key")
  String key = "pk";

  @Option(names = "--clients", defaultValue = "4")
  int clients = 4;

  @Option(names = "--pace-millis", defaultValue = "10", description = "Between two calls")
  long paceMillis = 10;

  @Option(names = "--until", required = true, description = "Seconds since 1970")
  long until = 0;

  private final LongAdder answered = new LongAdder();
  private final AtomicBoolean atWork = new AtomicBoolean();
  private final LongAdder wrong = new LongAdder();
  private final LongAccumulator slowestNanos = new LongAccumulator(Long::max, 0);
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();

  @Override
  public Integer call() throws InterruptedException, ExecutionException {
    try (DynamoDbClient dynamo = client();
        ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int c = 0; c < clients; c++) {
        // Several of these may run on one table, each with items of its own.
        String item = Surroundings.host() + "-" + c;
        running.add(
            pool.submit(
                () -> {
                  use(dynamo, item);
                  return null;
                }));
      }
      for (Future<?> client : running) {
        client.get();
      }
    }
    failures.stream().limit(PRINTED).forEach(System.out::println);
    System.out.println("slowest write and read: " + slowestNanos.get() / 1_000_000 + " ms");
    System.out.printf(
        "done: answered=%d wrong=%d failed=%d%n", answered.sum(), wrong.sum(), failures.size());
    return failures.isEmpty() && wrong.sum() == 0 ? 0 : 1;
  }

  private static DynamoDbClient client() {
    TrustManager[] trust = Surroundings.trust();
    // The SDK's own choice of a client, named only because it has to be told whom to trust.
    Apache5HttpClient.Builder http = Apache5HttpClient.builder();
    return DynamoDbClient.builder()
        .httpClientBuilder(trust == null ? http : http.tlsTrustManagersProvider(() -> trust))
        .build();
  }

  private void use(DynamoDbClient dynamo, String item) throws InterruptedException {
    // The value is known only while every write of this client was acknowledged.
    for (long value = 1; Instant.now().getEpochSecond() < until; value++) {
      long begun = System.nanoTime();
      try {
        put(dynamo, item, value);
        long found = get(dynamo, item);
        if (found != value) {
          wrong.increment();
          failures.add("%s: wrote %d and read %d".formatted(item, value, found));
        }
        answered.add(2);
        Surroundings.sayAtWork(atWork);
        slowestNanos.accumulate(System.nanoTime() - begun);
      } catch (SdkException e) {
        failures.add(Instant.now() + " " + item + ": " + e);
      }
      Thread.sleep(paceMillis);
    }
  }

  private void put(DynamoDbClient dynamo, String item, long value) {
    dynamo.putItem(
        PutItemRequest.builder()
            .tableName(table)
            .item(Map.of(key, AttributeValue.fromS(item), "v", AttributeValue.fromN("" + value)))
            .build());
  }

  /// @return 0 where nothing is found
  private long get(DynamoDbClient dynamo, String item) {
    AttributeValue found =
        dynamo
            .getItem(
                GetItemRequest.builder()
                    .tableName(table)
                    .key(Map.of(key, AttributeValue.fromS(item)))
                    .consistentRead(true)
                    .build())
            .item()
            .get("v");
    return found == null ? 0 : Long.parseLong(found.n());
  }
}
