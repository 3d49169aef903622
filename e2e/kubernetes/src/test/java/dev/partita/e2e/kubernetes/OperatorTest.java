package dev.partita.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

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
    place.apply(Manifests.table("orders", "pk"));
    killWhen("a cluster is there", () -> place.findCluster("partita") != null);
    killWhen("certificates are there", () -> place.hasSecret("partita-ca"));
    killWhen(
        "the StatefulSet is there",
        () ->
            place.client().apps().statefulSets().inNamespace("killed").withName("partita").get()
                != null);
    killWhen(
        "the pods are told of each other",
        () ->
            place.client().configMaps().inNamespace("killed").withName("partita-pods").get()
                != null);
    killWhen(
        "a pod is ready",
        () ->
            place.storagePods("partita").stream()
                .anyMatch(p -> place.isReady(p.getMetadata().getName())));
    killWhen("the key's Secret is there", () -> place.hasSecret("partita-credentials"));
    killWhen(
        "the table is asked for",
        () ->
            place.table("orders").getStatus() != null
                && place.table("orders").getStatus().tableStatus() != null);
    place.awaitActive("orders", AFTER);
    place.awaitReady("partita", AFTER);

    Map<String, String> before = uids(place);
    place
        .kubectl(
            "annotate",
            "storagecluster",
            "partita",
            "partita.dev/restart=" + Instant.now().getEpochSecond())
        .ok();
    killWhen("one pod is restarted", () -> newOnes(place, before) >= 1);
    killWhen("two pods are restarted", () -> newOnes(place, before) >= 2);
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
  void anApiServerThatIsGoneForTwoMinutesIsNotMissedByApplications() throws Exception {
    Place place = Place.create(Stage.get(), "headless");
    current = place;
    place.apply(Manifests.table("orders", "pk"));
    place.awaitActive("orders", Place.FROM_NOTHING);
    place.awaitReady("partita", Place.PODS);
    WitnessPod witness =
        WitnessPod.application(
                place, "meanwhile", "partita-credentials", "orders", API_AWAY.plusSeconds(30), "pk")
            .awaitRunning();
    Stage.get().zones().stopApi();
    try {
      Thread.sleep(API_AWAY);
    } finally {
      Stage.get().zones().startApi();
    }
    WitnessPod.Counts counts = witness.counts();
    assertThat(counts.failed()).as(counts.log()).isZero();
    assertThat(counts.answered()).isGreaterThan(1_000);
    place.apply(Manifests.table("afterwards", "pk"));
    place.awaitActive("afterwards", STEP);
  }

  /// Waits for a step's first trace and kills the operator at that moment.
  private static void killWhen(String step, BooleanSupplier begun) throws Exception {
    Await.until(step, STEP, begun);
    List<String> killed = Stage.get().killOperator();
    System.out.println("operator killed when " + step + ": " + killed);
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
