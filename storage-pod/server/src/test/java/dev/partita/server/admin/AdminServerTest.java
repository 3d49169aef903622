package dev.partita.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.cluster.ChecksumOutcome;
import dev.partita.cluster.Cluster;
import dev.partita.cluster.ClusterReport;
import dev.partita.cluster.ClusterReport.CatalogView;
import dev.partita.cluster.ClusterReport.FollowerView;
import dev.partita.cluster.ClusterReport.PartitionView;
import dev.partita.cluster.ClusterReport.PodReport;
import dev.partita.cluster.ClusterReport.ReplicaView;
import dev.partita.engine.StorageException;
import dev.partita.model.key.KeyRange;
import dev.partita.model.table.PartitionDescriptor;
import dev.partita.model.value.Bytes;
import dev.partita.partition.ReplicaChecksum;
import dev.partita.replication.Position;
import dev.partita.server.credentials.AccessKey;
import dev.partita.server.metrics.PodMetrics;
import dev.partita.server.metrics.RequestMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdminServerTest {

  private static final ClusterReport REPORT =
      new ClusterReport(
          "pod-0",
          "pod-1",
          42,
          new CatalogView("FOLLOWER", 3, 42, List.of()),
          List.of(new PodReport("pod-0", "a", true), new PodReport("pod-1", "b", false)),
          List.of(
              new PartitionView(
                  "orders",
                  new PartitionDescriptor(
                      7,
                      3,
                      new KeyRange(Bytes.of((byte) 1), Bytes.of((byte) 0xff)),
                      2,
                      1,
                      List.of(new PartitionDescriptor.Peer("pod-0", 11))),
                  "pod-0",
                  new ReplicaView(
                      "LEADER", 5, 99, 10, 1_000, List.of(new FollowerView("pod-1", 4, true))))));

  private static final CompletableFuture<ChecksumOutcome> NO_REPLICA =
      CompletableFuture.completedFuture(new ChecksumOutcome.NoReplica());

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private volatile boolean ready;
  private volatile CompletableFuture<ChecksumOutcome> checksum =
      CompletableFuture.completedFuture(
          new ChecksumOutcome.Summed(
              new ReplicaChecksum(new Position(99, 5), 10, 0xfedc_ba98_7654_3210L)));
  private PodState state;
  private AdminServer admin;
  private PodMetrics podMetrics;

  @BeforeEach
  void open() {
    Cluster cluster =
        (Cluster)
            Proxy.newProxyInstance(
                Cluster.class.getClassLoader(),
                new Class<?>[] {Cluster.class},
                (_, method, arguments) ->
                    switch (method.getName()) {
                      case "report" -> REPORT;
                      case "ready" -> ready;
                      case "checksum" -> arguments[0].equals(7L) ? checksum : NO_REPLICA;
                      case "catalogChecksum" -> checksum;
                      default -> throw new UnsupportedOperationException(method.getName());
                    });
    podMetrics = new PodMetrics(registry, cluster);
    state =
        new PodState(
            "pod-0",
            () -> List.of(new AccessKey("SOMEKEY", "some-secret-of-it")),
            () -> null,
            () -> null);
    admin = join(AdminServer.open(vertx, "127.0.0.1", 0, null, state, registry));
    state.placed("zone-a");
    state.opened(cluster);
  }

  @AfterEach
  void close() {
    podMetrics.close();
    client.close();
    join(vertx.close());
  }

  private static <T> T join(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  @Test
  void health_and_readiness_are_two_things() throws Exception {
    assertThat(get("/health").statusCode()).isEqualTo(200);
    assertThat(get("/ready").statusCode()).isEqualTo(503);
    ready = true;
    assertThat(get("/ready").statusCode()).isEqualTo(200);
    state.drain();
    assertThat(get("/ready").statusCode()).isEqualTo(503);
    assertThat(get("/health").statusCode()).isEqualTo(200);
  }

  @Test
  void metrics_are_prometheus_text() throws Exception {
    RequestMetrics requests = new RequestMetrics(registry, Set.of("GetItem"));
    requests.answered("GetItem", null, 1_500_000, 100, 200);
    String text = get("/metrics").body();
    assertThat(text)
        .contains("partita_request_seconds_count{operation=\"GetItem\",outcome=\"ok\"} 1")
        .contains("partita_request_seconds_bucket{")
        .contains("partita_request_bytes_total 100")
        .contains("partita_ready 0")
        .contains("partita_pods_unreachable 1")
        .contains("jvm_memory_used_bytes");
  }

  @Test
  void partitions_are_json() throws Exception {
    HttpResponse<String> response = get("/partitions");
    assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
    assertThat(response.body())
        .isEqualTo(
            "{\"pod\":\"pod-0\",\"catalogLeader\":\"pod-1\",\"catalogApplied\":42,\"catalog\":"
                + "{\"role\":\"FOLLOWER\",\"term\":3,\"applied\":42},\"pods\":["
                + "{\"name\":\"pod-0\",\"zone\":\"a\",\"reachable\":true},"
                + "{\"name\":\"pod-1\",\"zone\":\"b\",\"reachable\":false}],\"partitions\":["
                + "{\"table\":\"orders\",\"id\":7,\"from\":\"01\",\"to\":\"ff\",\"version\":2,"
                + "\"configVersion\":1,\"peers\":[{\"pod\":\"pod-0\",\"replicaId\":11}],"
                + "\"leader\":\"pod-0\",\"here\":{\"role\":\"LEADER\",\"term\":5,"
                + "\"applied\":99,\"items\":10,\"bytes\":1000,\"followers\":"
                + "[{\"pod\":\"pod-1\",\"behind\":4,\"caughtUp\":true}]}}]}");
  }

  @Test
  void a_checksum_is_json_and_names_its_position() throws Exception {
    for (String path : List.of("/partitions/7/checksum", "/catalog/checksum")) {
      HttpResponse<String> response = get(path);
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
      assertThat(response.body())
          .isEqualTo("{\"index\":99,\"epoch\":5,\"rows\":10,\"sum\":\"fedcba9876543210\"}");
    }
  }

  @Test
  void there_is_no_checksum_of_a_replica_that_is_elsewhere() throws Exception {
    for (String id : List.of("8", "x", "-7", "9999999999999999999", "")) {
      assertThat(get("/partitions/" + id + "/checksum").statusCode()).as(id).isEqualTo(404);
    }
  }

  @Test
  void a_checksum_that_takes_long_holds_nobody_up() throws Exception {
    CompletableFuture<ChecksumOutcome> slow = new CompletableFuture<>();
    checksum = slow;
    CompletableFuture<HttpResponse<String>> waits =
        client.sendAsync(
            HttpRequest.newBuilder(uri("/partitions/7/checksum")).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(get("/health").statusCode()).isEqualTo(200);
    assertThat(waits).isNotDone();
    slow.complete(new ChecksumOutcome.NoReplica());
    assertThat(waits.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(404);
  }

  @Test
  void one_checksum_too_many_is_told_to_come_later() throws Exception {
    checksum = CompletableFuture.completedFuture(new ChecksumOutcome.Busy());
    assertThat(get("/partitions/7/checksum").statusCode()).isEqualTo(503);
    assertThat(get("/catalog/checksum").statusCode()).isEqualTo(503);
  }

  @Test
  void a_checksum_that_fails_says_so() throws Exception {
    checksum = CompletableFuture.failedFuture(new StorageException("the disk is gone"));
    assertThat(get("/partitions/7/checksum").statusCode()).isEqualTo(500);
    assertThat(get("/health").statusCode()).isEqualTo(200);
  }

  @Test
  void other_paths_and_methods_are_refused() throws Exception {
    assertThat(get("/other").statusCode()).isEqualTo(404);
    HttpRequest post =
        HttpRequest.newBuilder(uri("/health"))
            .POST(HttpRequest.BodyPublishers.ofString("x"))
            .build();
    assertThat(client.send(post, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(405);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + admin.port() + path);
  }
}
