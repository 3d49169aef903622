package dev.partita.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.crds.AccessKey;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/// "Can I change it while it is used?": restarts, images, certificates and keys under load.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RolloutTest {

  private static final String SECRET = "partita-credentials";

  /// All pods, one after the other.
  private static final Duration ROLLOUT = Duration.ofMinutes(6);

  /// How long applications work while pods are exchanged.
  private static final Duration LOAD = Duration.ofMinutes(4);

  /// The operator's own image by another name: to Kubernetes and to the operator another image.
  private static final String OTHER_IMAGE = "docker.io/partita/storage:0.1.0-SNAPSHOT";

  private static final Duration ROTATION = Duration.ofMinutes(2);

  private Place place;

  @BeforeAll
  void begin() throws Exception {
    place = Place.create(Stage.get(), "rollout");
    place.apply(Manifests.table("load", "pk"));
    place.awaitActive("load", Place.FROM_NOTHING);
    place.awaitReady("partita", Place.PODS);
  }

  @AfterAll
  void end() throws Exception {
    place.close();
  }

  @Test
  void aRollingRestartFailsNoRequestOfAnSdkOutOfTheBox() throws Exception {
    Map<String, String> before = uids();
    List<WitnessPod> witnesses = applications("restart");
    place
        .kubectl(
            "annotate",
            "storagecluster",
            "partita",
            "partita.dev/restart=" + Instant.now().getEpochSecond())
        .ok();
    awaitAllNew(before);
    assertNoneFailed(witnesses);
  }

  @Test
  void aNewImageAndNewResourcesRollThroughWithoutAFailedRequest() throws Exception {
    Map<String, String> before = uids();
    List<WitnessPod> witnesses = applications("new-image");
    patch("{\"image\":\"" + OTHER_IMAGE + "\",\"resources\":{\"limits\":{\"memory\":\"1100Mi\"}}}");
    awaitAllNew(before);
    assertThat(place.storagePods("partita"))
        .extracting(p -> p.getSpec().getContainers().getFirst())
        .allSatisfy(
            c -> {
              assertThat(c.getImage()).isEqualTo(OTHER_IMAGE);
              assertThat(c.getResources().getLimits().get("memory"))
                  .isEqualTo(new Quantity("1100Mi"));
            });
    assertNoneFailed(witnesses);
  }

  /// One as the SDK comes out of the box, and one that tries each call three times only.
  private List<WitnessPod> applications(String name) throws InterruptedException {
    List<WitnessPod> witnesses =
        List.of(
            application(name, LOAD),
            WitnessPod.applicationOfAttempts(3, place, name + "-thrice", SECRET, "load", LOAD));
    for (WitnessPod witness : witnesses) {
      witness.awaitAtWork();
    }
    return witnesses;
  }

  private static void assertNoneFailed(List<WitnessPod> witnesses) throws InterruptedException {
    witnesses.forEach(WitnessPod::assertStillAtWork);
    for (WitnessPod witness : witnesses) {
      WitnessPod.Counts counts = witness.counts();
      System.out.println(counts.log());
      assertThat(counts.failed()).as(counts.log()).isZero();
      assertThat(counts.wrong()).isZero();
      assertThat(counts.answered()).isGreaterThan(1_000);
    }
  }

  @Test
  void aBadImageStopsAtOnePodAndAGoodOneHealsIt() throws Exception {
    Map<String, String> before = uids();
    patch("{\"image\":\"partita/no-such-image:0\"}");
    place.awaitCondition("partita", "Degraded", "True", null, ROTATION);
    Thread.sleep(20_000);
    Map<String, String> during = uids();
    long touched =
        before.entrySet().stream()
            .filter(e -> !e.getValue().equals(during.get(e.getKey())))
            .count();
    assertThat(touched).as("pods that the bad image reached").isEqualTo(1);
    WitnessPod.Counts counts = application("bad-image", Duration.ofSeconds(10)).counts();
    assertThat(counts.failed()).as(counts.log()).isZero();

    patch("{\"image\":\"" + OTHER_IMAGE + "\"}");
    Await.until(
        "all pods have the good image",
        ROLLOUT,
        () ->
            place.storagePods("partita").stream()
                .allMatch(
                    p -> p.getSpec().getContainers().getFirst().getImage().equals(OTHER_IMAGE)),
        this::uids);
    place.awaitReady("partita", ROLLOUT);
  }

  @Test
  void certificatesAreExchangedUnderLoadWithoutARestart() throws Exception {
    Map<String, String> pods = uids();
    Admin admin = Admin.of(place, "partita");
    Map<String, String> before = admin.certificates();
    WitnessPod witness = application("certificates", Duration.ofSeconds(90)).awaitAtWork();
    place
        .kubectl(
            "annotate",
            "storagecluster",
            "partita",
            "partita.dev/rotate-certificates=" + Instant.now().getEpochSecond())
        .ok();
    Await.until(
        "every pod serves new certificates",
        ROTATION,
        () -> {
          Map<String, String> now = admin.certificates();
          return before.entrySet().stream()
              .noneMatch(e -> e.getValue().equals(now.get(e.getKey())));
        },
        admin::certificates);
    witness.assertStillAtWork();
    WitnessPod.Counts counts = witness.counts();
    assertThat(counts.failed()).as(counts.log()).isZero();
    assertThat(uids()).isEqualTo(pods);
  }

  @Test
  void keysAreExchangedWhileTheOldOnesAreStillInUse() throws Exception {
    place.apply(Manifests.accessKey("shop", "  overlap: 120s\n  rotationToken: first"));
    awaitKey("shop", "first");
    Values old = place.secret("shop-credentials");
    WitnessPod witness =
        WitnessPod.application(
                place, "old-key", "shop-credentials", "load", Duration.ofSeconds(90), "pk")
            .awaitAtWork();
    place.apply(Manifests.accessKey("shop", "  overlap: 120s\n  rotationToken: second"));
    awaitKey("shop", "second");
    witness.assertStillAtWork();
    Values fresh = place.secret("shop-credentials");
    assertThat(fresh.get("AWS_ACCESS_KEY_ID")).isNotEqualTo(old.get("AWS_ACCESS_KEY_ID"));
    WitnessPod.Counts newKey =
        WitnessPod.application(
                place, "new-key", "shop-credentials", "load", Duration.ofSeconds(5), "pk")
            .counts();
    assertThat(newKey.failed()).as(newKey.log()).isZero();
    WitnessPod.Counts oldKey = witness.counts();
    assertThat(oldKey.failed()).as(oldKey.log()).isZero();
    try (Door door = Door.open(place, "partita", old);
        DynamoDbClient dynamo = door.dynamo()) {
      Await.until(
          "the old key is refused once the overlap is over", ROTATION, () -> refused(dynamo));
    }
    try (Door door = Door.open(place, "partita", fresh);
        DynamoDbClient dynamo = door.dynamo()) {
      assertThat(refused(dynamo)).as("the new key is refused").isFalse();
    }
  }

  private static boolean refused(DynamoDbClient dynamo) {
    try {
      dynamo.listTables();
      return false;
    } catch (DynamoDbException e) {
      assertThat(e.awsErrorDetails().errorCode()).isEqualTo("UnrecognizedClientException");
      return true;
    }
  }

  private void awaitKey(String name, String token) throws InterruptedException {
    Await.until(
        "AccessKey " + name + " " + token,
        ROTATION,
        () -> {
          AccessKey key =
              place
                  .client()
                  .resources(AccessKey.class)
                  .inNamespace(place.namespace())
                  .withName(name)
                  .get();
          return key.getStatus() != null
              && token.equals(key.getStatus().rotationToken())
              && Place.is(key.getStatus().conditions(), "Ready", "True");
        },
        () ->
            place
                .client()
                .resources(AccessKey.class)
                .inNamespace(place.namespace())
                .withName(name)
                .get()
                .getStatus());
  }

  /// @param spec what changes in it, as JSON
  private void patch(String spec) throws Exception {
    place
        .kubectl(
            "patch", "storagecluster", "partita", "--type=merge", "-p", "{\"spec\":" + spec + "}")
        .ok();
  }

  private WitnessPod application(String name, Duration length) {
    return WitnessPod.application(place, name, SECRET, "load", length, "pk");
  }

  private Map<String, String> uids() {
    Map<String, String> uids = new TreeMap<>();
    for (Pod pod : place.storagePods("partita")) {
      uids.put(pod.getMetadata().getName(), pod.getMetadata().getUid());
    }
    return uids;
  }

  private void awaitAllNew(Map<String, String> before) throws InterruptedException {
    Await.until(
        "all pods are new and ready",
        ROLLOUT,
        () -> {
          Map<String, String> now = uids();
          return now.keySet().equals(before.keySet())
              && now.values().stream().noneMatch(before::containsValue)
              && List.copyOf(now.keySet()).stream().allMatch(place::isReady);
        },
        this::uids);
    place.awaitReady("partita", Place.PODS);
  }
}
