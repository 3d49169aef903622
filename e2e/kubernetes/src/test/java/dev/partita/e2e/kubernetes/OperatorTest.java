package dev.partita.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.crds.DynamoTable;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// "What if the operator, or Kubernetes itself, fails half-way?"
class OperatorTest {

  private static final Duration STEP = Duration.ofMinutes(2);
  private static final Duration AFTER = Duration.ofMinutes(8);

  /// So many that they are not all there when the first one is.
  private static final int TABLES = 40;

  private static final Duration API_AWAY = Duration.ofMinutes(2);

  private @Nullable Place current;

  @AfterEach
  void end() {
    if (current != null) {
      current.close();
    }
  }

  @Test
  void anOperatorKilledInTheMiddleOfEachStepGoesOnWhereItWas() throws Exception {
    Place place = Place.create(Stage.get(), "killed");
    current = place;
    // Each time the next object is held back by a quota, so that no step is over when the operator
    // is killed.
    hold(place, "count/secrets", 0);
    place.apply(Manifests.table("orders", "pk"));
    killWhen("a cluster is there", () -> place.findCluster("partita") != null);
    assertThat(secrets(place)).isZero();

    hold(place, "count/secrets", 1);
    Stage.get().operators().awaitWorking();
    killWhen("a first certificate is there", () -> place.hasSecret("partita-ca"));
    assertThat(secrets(place)).isEqualTo(1);

    hold(place, "count/statefulsets.apps", 0);
    Stage.get().operators().awaitWorking();
    killWhen("Services are there", () -> place.find(Service.class, "partita") != null);
    assertThat(place.find(StatefulSet.class, "partita")).isNull();

    // One that Kubernetes itself puts into every namespace.
    hold(place, "count/configmaps", 1);
    Stage.get().operators().awaitWorking();
    killWhen("the StatefulSet is there", () -> place.find(StatefulSet.class, "partita") != null);
    assertThat(place.find(ConfigMap.class, "partita-pods")).isNull();

    // All that the cluster needs are there by now; an application's is not.
    assertThat(place.hasSecret("partita-credentials")).isFalse();
    hold(place, "count/secrets", secrets(place));
    Stage.get().operators().awaitWorking();
    killWhen(
        "the pods are told of each other",
        () -> place.find(ConfigMap.class, "partita-pods") != null);
    assertThat(readyPods(place)).isLessThan(3);

    Stage.get().operators().awaitWorking();
    killWhen("the pods have a key", () -> place.events("AccessKey", "partita").contains("KeyMade"));
    assertThat(place.hasSecret("partita-credentials")).isFalse();

    release(place);
    Stage.get().operators().awaitWorking();
    place.awaitActive("orders", AFTER);
    StringBuilder tables = new StringBuilder();
    for (int table = 0; table < TABLES; table++) {
      tables.append("---\n").append(Manifests.table("more-" + table, "pk"));
    }
    place.apply(tables.toString());
    killWhen("the first of many tables is there", () -> activeTables(place) > 1);
    assertThat(activeTables(place)).isLessThan(TABLES);
    Stage.get().operators().awaitWorking();
    Await.until(
        "all tables are there",
        AFTER,
        () -> activeTables(place) == TABLES + 1,
        () -> activeTables(place));

    Map<String, String> before = uids(place);
    place
        .kubectl(
            "annotate",
            "storagecluster",
            "partita",
            "partita.dev/restart=" + Instant.now().getEpochSecond())
        .ok();
    killWhen("one pod is restarted", () -> newOnes(place, before) >= 1);
    assertThat(newOnes(place, before)).isLessThan(3);
    Stage.get().operators().awaitWorking();
    killWhen("two pods are restarted", () -> newOnes(place, before) >= 2);
    assertThat(newOnes(place, before)).isLessThan(3);
    Await.until(
        "all pods are restarted", AFTER, () -> newOnes(place, before) == 3, () -> uids(place));
    place.awaitReady("partita", AFTER);

    WitnessPod.Counts counts =
        WitnessPod.application(
                place, "after", "partita-credentials", "orders", Duration.ofSeconds(10), "pk")
            .counts();
    assertThat(counts.failed()).as(counts.log()).isZero();
    assertThat(Admin.of(place, "partita").accessKeys("partita-0"))
        .as("one key, and the operator's")
        .hasSize(2);
  }

  @Test
  void ofTwoOperatorsOneWorksAndTheOtherFollowsItsDeath() throws Exception {
    Place place = Place.create(Stage.get(), "twice");
    current = place;
    Operators operators = Stage.get().operators();
    operators.install("replicas=2");
    try {
      Await.until("two operators are ready", STEP, () -> operators.ready() == 2);
      place.apply(Manifests.table("orders", "pk"));
      Await.until("the work is begun", STEP, () -> place.findCluster("partita") != null);
      String killed = operators.killLeader();
      place.awaitActive("orders", AFTER);
      assertThat(operators.leader()).isNotEqualTo(killed).isNotEmpty();
    } finally {
      operators.install();
    }
  }

  @Test
  void anApiServerThatIsGoneForTwoMinutesIsNotMissedByApplications() throws Exception {
    Place place = Place.create(Stage.get(), "headless");
    current = place;
    place.apply(Manifests.table("orders", "pk"));
    place.awaitActive("orders", Place.FROM_NOTHING);
    place.awaitReady("partita", Place.PODS);
    WitnessPod witness =
        WitnessPod.application(
                place, "meanwhile", "partita-credentials", "orders", API_AWAY.plusSeconds(60), "pk")
            .awaitAtWork();
    Stage.get().zones().stopApi();
    try {
      Thread.sleep(API_AWAY);
    } finally {
      Stage.get().zones().startApi();
    }
    witness.assertStillAtWork();
    WitnessPod.Counts counts = witness.counts();
    assertThat(counts.failed()).as(counts.log()).isZero();
    assertThat(counts.answered()).isGreaterThan(1_000);
    place.apply(Manifests.table("afterwards", "pk"));
    place.awaitActive("afterwards", STEP);
  }

  /// Waits for a step's first trace and kills the operator at that moment.
  private static void killWhen(String step, BooleanSupplier begun) throws Exception {
    Await.until(step, STEP, begun);
    List<String> killed = Stage.get().operators().killAll();
    System.out.println("operator killed when " + step + ": " + killed);
    assertThat(killed).as("killed when " + step).isNotEmpty();
  }

  /// Forbids more objects of a kind than so many, once Kubernetes knows of it.
  private static void hold(Place place, String kind, long count) throws Exception {
    place.apply(
        """
        apiVersion: v1
        kind: ResourceQuota
        metadata:
          name: hold
        spec:
          hard: { %s: "%d" }
        """
            .formatted(kind, count));
    Quantity wanted = new Quantity("" + count);
    Await.until(
        "the quota holds",
        STEP,
        () -> {
          ResourceQuota quota = place.find(ResourceQuota.class, "hold");
          return quota != null
              && quota.getStatus() != null
              && Map.of(kind, wanted).equals(quota.getStatus().getHard());
        });
  }

  private static void release(Place place) throws Exception {
    place.kubectl("delete", "resourcequota", "hold").ok();
  }

  private static long secrets(Place place) {
    return place.client().secrets().inNamespace(place.namespace()).list().getItems().size();
  }

  private static long readyPods(Place place) {
    return place.storagePods("partita").stream()
        .filter(p -> place.isReady(p.getMetadata().getName()))
        .count();
  }

  private static long activeTables(Place place) {
    return place
        .client()
        .resources(DynamoTable.class)
        .inNamespace(place.namespace())
        .list()
        .getItems()
        .stream()
        .filter(t -> t.getStatus() != null && "ACTIVE".equals(t.getStatus().tableStatus()))
        .count();
  }

  private static Map<String, String> uids(Place place) {
    Map<String, String> uids = new TreeMap<>();
    place
        .storagePods("partita")
        .forEach(p -> uids.put(p.getMetadata().getName(), p.getMetadata().getUid()));
    return uids;
  }

  private static long newOnes(Place place, Map<String, String> before) {
    return uids(place).values().stream().filter(uid -> !before.containsValue(uid)).count();
  }
}
