package dev.partita.server.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.server.http.FreePort;
import dev.partita.testing.TestAuthority;
import dev.partita.testing.TestAuthority.Issued;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/// Three pods as Kubernetes starts them: told by a file that comes late where the others are, found
/// by names that come later still, with certificates, keys and addresses that change while they
/// run. Each is a process of its own on an address of its own; their names are in a hosts file.
class PodProcessTest {

  private static final long LIMIT_SECONDS = 90;

  @TempDir Path folder;
  private final TestAuthority outside = new TestAuthority("outside");
  private final TestAuthority inside = new TestAuthority("inside");
  private final HttpClient operator =
      HttpClient.newBuilder()
          .sslContext(inside.clientContext(inside.issue("partita-operator")))
          .build();
  private final int peerPort = FreePort.next();
  private final PodProcess.Ports ports = new PodProcess.Ports(FreePort.next(), FreePort.next());
  private final List<PodProcess> pods = new ArrayList<>();
  private final List<DynamoDbClient> clients = new ArrayList<>();

  @BeforeEach
  void startPods() throws Exception {
    Files.createDirectories(folder.resolve("keys"));
    key("operator", "OPERATOR", "secret-of-operator");
    hosts(List.of());
    for (int i = 0; i < 3; i++) {
      certificates(i, address(i));
      pods.add(start(i, address(i)));
    }
    for (PodProcess pod : pods) {
      await("it waits", () -> pod.admin(operator, "/ready").equals("waiting\n"));
      assertThat(pod.admin(operator, "/health")).isEqualTo("ok\n");
    }
    StringBuilder list = new StringBuilder("# all of them\n");
    for (int i = 0; i < 3; i++) {
      list.append("orders-" + i + "/zone-" + i + "@orders-" + i + ".pods.test:" + peerPort + "\n");
    }
    replace(folder.resolve("pods"), list.toString());
    for (PodProcess pod : pods) {
      await("it opens", () -> pod.admin(operator, "/ready").equals("opening\n"));
    }
    hosts(List.of(address(0), address(1), address(2)));
    awaitReady();
  }

  @AfterEach
  void stopPods() throws Exception {
    clients.forEach(DynamoDbClient::close);
    for (PodProcess pod : pods) {
      pod.close();
    }
    operator.close();
  }

  @Test
  void podsServeWithKeysAndCertificatesThatChangeAndWhereverTheyComeBack() throws Exception {
    DynamoDbClient first = client(0, "OPERATOR", "secret-of-operator");
    createTable(first);
    put(first, "a", "1");
    assertThat(get(client(1, "OPERATOR", "secret-of-operator"), "a")).isEqualTo("1");

    keysAreFollowed();
    certificatesAreFollowed(first);
    aPodIsFoundAtAnotherAddress();
    assertThat(get(client(1, "OPERATOR", "secret-of-operator"), "a")).isEqualTo("1");
  }

  private void keysAreFollowed() throws Exception {
    DynamoDbClient application = client(1, "APPLICATION", "secret-of-application");
    assertThatThrownBy(() -> get(application, "a"))
        .hasMessageContaining("The security token included in the request is invalid");
    key("application", "APPLICATION", "secret-of-application");
    await("the new key is valid", () -> serves(application));
    assertThat(pods.get(1).admin(operator, "/pod")).contains("{\"id\":\"APPLICATION\"");
    Files.delete(folder.resolve("keys/application"));
    await("the old key is refused", () -> !serves(application));
  }

  private void certificatesAreFollowed(DynamoDbClient client) throws Exception {
    String before = pods.getFirst().admin(operator, "/partitions");
    Issued served = certificates(0, address(0));
    await(
        "the new certificate is in use",
        () -> pods.getFirst().admin(operator, "/pod").contains(served.serial()));
    put(client, "b", "2");
    assertThat(get(client(0, "OPERATOR", "secret-of-operator"), "b")).isEqualTo("2");
    assertThat(pods.getFirst().admin(operator, "/partitions"))
        .as("no link to another pod was dropped, so no leader had to change")
        .contains(terms(before));
  }

  private static String terms(String partitions) {
    int at = partitions.indexOf("\"term\":");
    return partitions.substring(at, partitions.indexOf(',', at));
  }

  private void aPodIsFoundAtAnotherAddress() throws Exception {
    pods.get(2).kill();
    certificates(2, "127.0.0.114");
    hosts(List.of(address(0), address(1), "127.0.0.114"));
    pods.set(2, start(2, "127.0.0.114"));
    awaitReady();
    for (PodProcess pod : pods) {
      await(
          "all hear all",
          () -> !pod.admin(operator, "/partitions").contains("\"reachable\":false"));
    }
  }

  @Test
  void aPodThatIsAskedToStopLetsItsClientsGoFirst() throws Exception {
    createTable(client(0, "OPERATOR", "secret-of-operator"));
    AtomicBoolean stop = new AtomicBoolean();
    AtomicInteger done = new AtomicInteger();
    ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    List<Thread> load = new ArrayList<>();
    // One client of each pod that stays: what they ask of the one that goes must reach another.
    for (int i : new int[] {0, 2}) {
      DynamoDbClient client = client(i, "OPERATOR", "secret-of-operator");
      load.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (int n = 0; !stop.get(); n++) {
                      try {
                        put(client, "k" + n % 50, "v");
                        done.incrementAndGet();
                      } catch (RuntimeException e) {
                        failures.add(e);
                      }
                    }
                  }));
    }
    await("load runs", () -> done.get() > 100);
    PodProcess leaving = pods.get(1);
    DynamoDbClient own = client(1, "OPERATOR", "secret-of-operator");
    put(own, "own", "1");
    leaving.terminate();
    await("it drains", () -> leaving.admin(operator, "/ready").equals("draining\n"));
    put(own, "own", "2");
    assertThat(leaving.admin(operator, "/pod")).contains("\"draining\":true");
    assertThat(leaving.exitCode()).isEqualTo(143);
    int then = done.get();
    await("load goes on", () -> done.get() > then + 50);
    stop.set(true);
    for (Thread thread : load) {
      thread.join();
    }
    assertThat(failures).isEmpty();
    assertThat(get(client(0, "OPERATOR", "secret-of-operator"), "own")).isEqualTo("2");
  }

  private static String address(int pod) {
    return "127.0.0." + (111 + pod);
  }

  private PodProcess start(int pod, String address) throws Exception {
    return PodProcess.start(
        folder.resolve("hosts"),
        address,
        ports,
        folder.resolve("orders-" + pod + ".log"),
        List.of(
            "--name",
            "orders-" + pod,
            "--cluster",
            "shop/orders",
            "--pods-file",
            folder.resolve("pods").toString(),
            "--data",
            folder.resolve("data-" + pod).toString(),
            "--credentials",
            folder.resolve("keys").toString(),
            "--tls",
            folder.resolve("tls-" + pod).toString(),
            "--internal-tls",
            folder.resolve("internal-tls-" + pod).toString(),
            "--memory",
            "512Mi",
            "--drain",
            "1"));
  }

  private void awaitReady() throws Exception {
    for (PodProcess pod : pods) {
      await(
          "it is ready",
          () -> {
            assertThat(pod.isAlive()).as("it runs; its log is in " + folder).isTrue();
            return pod.admin(operator, "/ready").equals("ready\n");
          });
    }
  }

  /// @return the one for requests
  private Issued certificates(int pod, String address) throws Exception {
    Issued served = outside.issue("orders", address);
    served.writeTo(folder.resolve("tls-" + pod), outside);
    inside
        .issue("orders-" + pod, "orders-" + pod + ".pods.test", address)
        .writeTo(folder.resolve("internal-tls-" + pod), inside);
    return served;
  }

  private void hosts(List<String> addresses) throws Exception {
    StringBuilder text = new StringBuilder("127.0.0.1 localhost\n");
    for (int i = 0; i < addresses.size(); i++) {
      text.append(addresses.get(i)).append(" orders-").append(i).append(".pods.test\n");
    }
    replace(folder.resolve("hosts"), text.toString());
  }

  private void key(String file, String id, String secret) throws Exception {
    replace(
        folder.resolve("keys").resolve(file),
        "[default]\naws_access_key_id = " + id + "\naws_secret_access_key = " + secret + "\n");
  }

  private static void replace(Path file, String text) throws Exception {
    Path draft = Files.writeString(file.resolveSibling("." + file.getFileName()), text);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private DynamoDbClient client(int pod, String id, String secret) {
    DynamoDbClient client =
        DynamoDbClient.builder()
            .endpointOverride(pods.get(pod).endpoint())
            .region(Region.of("local-1"))
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create(id, secret)))
            .httpClient(
                UrlConnectionHttpClient.builder()
                    .tlsTrustManagersProvider(outside::trustManagers)
                    .build())
            .build();
    clients.add(client);
    return client;
  }

  private static void createTable(DynamoDbClient client) {
    client.createTable(
        t ->
            t.tableName("orders")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                    List.of(
                        AttributeDefinition.builder()
                            .attributeName("pk")
                            .attributeType(ScalarAttributeType.S)
                            .build()))
                .keySchema(
                    List.of(
                        KeySchemaElement.builder()
                            .attributeName("pk")
                            .keyType(KeyType.HASH)
                            .build())));
    client.waiter().waitUntilTableExists(t -> t.tableName("orders"));
  }

  private static void put(DynamoDbClient client, String key, String value) {
    client.putItem(
        p ->
            p.tableName("orders")
                .item(
                    Map.of("pk", AttributeValue.fromS(key), "value", AttributeValue.fromS(value))));
  }

  private static String get(DynamoDbClient client, String key) {
    Map<String, AttributeValue> item =
        client
            .getItem(
                g ->
                    g.tableName("orders")
                        .consistentRead(true)
                        .key(Map.of("pk", AttributeValue.fromS(key))))
            .item();
    return Objects.requireNonNull(item.get("value")).s();
  }

  private static boolean serves(DynamoDbClient client) {
    try {
      get(client, "a");
      return true;
    } catch (DynamoDbException refused) {
      return false;
    }
  }

  private static void await(String what, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (!condition.call()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + LIMIT_SECONDS + " s: " + what);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }
}
