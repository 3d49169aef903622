package dev.partita.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.crds.StorageCluster;
import dev.partita.crds.StorageClusterStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/// "Will it work at all?": one manifest in an empty namespace.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FirstTableTest {

  /// How long the cluster is watched for writes that nobody needs.
  private static final Duration AT_REST = Duration.ofSeconds(45);

  /// Before it is watched: sizes and counts settle.
  private static final Duration SETTLED = Duration.ofMinutes(4);

  /// How long a user waits for the number of partitions of a table that can be used.
  private static final Duration COUNTED = Duration.ofSeconds(15);

  private Place place;

  @BeforeAll
  void begin() throws Exception {
    place = Place.create(Stage.get(), "first");
  }

  @AfterAll
  void end() throws Exception {
    place.close();
  }

  @Test
  @Order(1)
  void oneManifestBringsATableAndTheClusterThatServesIt() throws Exception {
    place.kubectl("apply", "-f", Stage.EXAMPLE.toString()).ok();
    Duration took = place.awaitActive("orders", Place.FROM_NOTHING);
    System.out.println("first table from nothing: " + took.toSeconds() + " s");

    Await.until(
        "partitions counted",
        COUNTED,
        () -> place.table("orders").getStatus().partitions() != null,
        () -> place.table("orders").getStatus());
    String columns = place.kubectl("get", "dynamotables").ok();
    assertThat(columns).contains("STATUS", "ENDPOINT", "PARTITIONS", "SIZE", "AGE");
    assertThat(columns.lines().filter(l -> l.startsWith("orders")).findFirst())
        .hasValueSatisfying(
            l -> assertThat(l).contains("ACTIVE", "https://partita.first.svc:8000"));
    assertThat(place.kubectl("describe", "dynamotable", "orders").ok())
        .contains("Events:", "ClusterCreated", "Active");
    assertThat(place.kubectl("get", "storageclusters").ok()).contains("3/3");
  }

  @Test
  @Order(2)
  void everyZoneHasOnePodAndOneReplicaOfEveryPartition() throws Exception {
    StorageCluster cluster = place.cluster("partita");
    assertThat(cluster.getStatus().pods())
        .extracting(StorageClusterStatus.Pod::zone)
        .containsExactlyInAnyOrder("a", "b", "c");
    Admin admin = Admin.of(place, "partita");
    for (String pod : Stage.pods("partita")) {
      assertThat(admin.replicas(pod)).isPositive();
    }
    assertThat(admin.partitionsWithoutThreePods("partita-0")).isEmpty();
  }

  @Test
  @Order(3)
  void anApplicationNeedsNothingButTheSecret() throws Exception {
    WitnessPod.Counts counts =
        WitnessPod.application(
                place,
                "application",
                "partita-credentials",
                "carts",
                Duration.ofSeconds(10),
                "cartId")
            .counts();
    assertThat(counts.answered()).isGreaterThan(10);
    assertThat(counts.failed()).as(counts.log()).isZero();
  }

  @Test
  @Order(4)
  void theExampleApplicationRuns() throws Exception {
    place.kubectl("apply", "-f", Stage.EXAMPLE_APPLICATION.toString()).ok();
    place.kubectl("wait", "--for=condition=complete", "--timeout=120s", "job/orders-check").ok();
  }

  @Test
  @Order(5)
  void aSecondTableIsActiveWithinTenSeconds() throws Exception {
    place.apply(Manifests.table("second", "pk"));
    Duration took = place.awaitActive("second", Duration.ofSeconds(10));
    System.out.println("table in a running cluster: " + took.toMillis() + " ms");
  }

  @Test
  @Order(7)
  void applyingTheSameManifestAgainChangesNothing() throws Exception {
    Map<String, String> before = place.versions();
    assertThat(place.kubectl("diff", "-f", Stage.EXAMPLE.toString()))
        .isEqualTo(new Command.Result(0, ""));
    String manifest = Files.readString(Stage.EXAMPLE);
    place.kubectlWith(manifest, "apply", "--server-side", "--force-conflicts", "-f", "-").ok();
    Map<String, String> once = place.versions();
    place.kubectlWith(manifest, "apply", "--server-side", "-f", "-").ok();
    assertThat(place.versions()).isEqualTo(once);
    assertThat(once.keySet()).isEqualTo(before.keySet());
    assertThat(place.kubectlWith(manifest, "diff", "--server-side", "-f", "-").exit()).isZero();
  }

  @Test
  @Order(6)
  void nothingIsWrittenAtRest() throws Exception {
    AtomicReference<Map<String, String>> last = new AtomicReference<>(place.versions());
    Await.until(
        "all sizes and counts reported",
        SETTLED,
        () -> {
          pause(AT_REST);
          Map<String, String> now = place.versions();
          return now.equals(last.getAndSet(now));
        });
    Await.always(
        "no write",
        AT_REST,
        () -> place.versions().equals(last.get()),
        () -> last.get() + " before " + place.versions());
  }

  @Test
  @Order(8)
  void theChartsOwnTestPassesAndLeavesNothing() throws Exception {
    Operators operators = Stage.get().operators();
    assertThat(operators.test().ok()).contains("Succeeded");
    Await.until(
        "nothing is left of the test", Place.PODS, () -> left().isEmpty(), FirstTableTest::left);
  }

  private static String left() {
    try {
      return Stage.get()
          .kubectl(
              null,
              List.of(
                  "get",
                  "storageclusters,dynamotables,accesskeys,persistentvolumeclaims",
                  "-n",
                  Operators.NAMESPACE,
                  "-o",
                  "name"))
          .ok();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void pause(Duration length) {
    try {
      Thread.sleep(length);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
