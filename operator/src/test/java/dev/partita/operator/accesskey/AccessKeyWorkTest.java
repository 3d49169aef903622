package dev.partita.operator.accesskey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.crds.AccessKey;
import dev.partita.crds.AccessKeySpec;
import dev.partita.crds.AccessKeyStatus;
import dev.partita.crds.ClusterRef;
import dev.partita.crds.StorageCluster;
import dev.partita.operator.kube.Conditions;
import dev.partita.operator.kube.Events;
import dev.partita.operator.pods.Connection;
import dev.partita.operator.pods.Connections;
import dev.partita.operator.pods.PodReport;
import dev.partita.operator.pods.PodReports;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccessKeyWorkTest implements KeyStore, PodReports, Events {

  private final Map<String, Secret> secrets = new LinkedHashMap<>();
  private final Map<String, Answer> pods = new TreeMap<>();
  private final List<String> told = new ArrayList<>();
  private final List<String> writes = new ArrayList<>();
  private final AccessKey key = new AccessKey();
  private Instant now = Instant.parse("2026-11-22T12:00:00Z");
  private @Nullable String ca = "the CA";
  private @Nullable String dieBefore;
  private boolean podsLearn = true;
  private @Nullable StorageCluster cluster = new StorageCluster();
  private final AccessKeyWork work =
      new AccessKeyWork(
          _ -> new Connections.Found.Known(connection()),
          this,
          this,
          () -> now,
          new NewKeys(new SecureRandom()));

  AccessKeyWorkTest() {
    Objects.requireNonNull(cluster)
        .setMetadata(
            new ObjectMetaBuilder()
                .withNamespace("shop")
                .withName("main")
                .withUid("cluster-uid")
                .build());
    key.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("shop")
            .withName("checkout")
            .withUid("uid-1")
            .withGeneration(1L)
            .build());
    spec(null, null, null);
    secrets.put(
        "main-access-keys",
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace("shop")
            .withName("main-access-keys")
            .addNewOwnerReference()
            .withUid("cluster-uid")
            .endOwnerReference()
            .endMetadata()
            .withData(Map.of("operator", "b3BlcmF0b3I="))
            .build());
  }

  private Connection connection() {
    return new Connection(URI.create("https://main.shop.svc:8000"), "local-1", "id", "secret", ca);
  }

  private void spec(
      @Nullable String rotateAfter, @Nullable String overlap, @Nullable String token) {
    key.setSpec(new AccessKeySpec(new ClusterRef("main"), null, rotateAfter, overlap, token));
    key.getMetadata().setGeneration(key.getMetadata().getGeneration() + 1);
  }

  private Duration turn() {
    Duration next = work.reconcile(key, this);
    now = now.plus(next);
    return next;
  }

  private void settle() {
    for (int turns = 0; turns < 20; turns++) {
      Duration next = turn();
      if (next.compareTo(Duration.ofSeconds(10)) > 0) {
        return;
      }
    }
    throw new AssertionError("does not come to rest: " + key.getStatus());
  }

  private AccessKeyStatus status() {
    return Objects.requireNonNull(key.getStatus());
  }

  private String ready() {
    return Conditions.find(status().conditions(), "Ready")
        .map(c -> c.getStatus() + " " + c.getReason())
        .orElseThrow();
  }

  private @Nullable String held(String name) {
    return Optional.ofNullable(secrets.get("checkout-credentials"))
        .map(secret -> KeySecret.text(secret, name))
        .orElse(null);
  }

  private KeyRing ring() {
    String text =
        KeySecret.text(
            Objects.requireNonNull(secrets.get("main-access-keys")), "accesskey.checkout");
    return text == null ? KeyRing.EMPTY : KeyRingText.read(text, now);
  }

  @Test
  void anApplicationGetsEverythingThatItNeeds() {
    settle();
    LiveKey made = ring().current().orElseThrow();
    assertThat(made.id()).matches("PARTITA[A-Z2-7]{13}");
    assertThat(made.secret()).matches("[A-Za-z0-9]{40}");
    assertThat(made.toString()).doesNotContain(made.secret());
    assertThat(held("AWS_ENDPOINT_URL_DYNAMODB")).isEqualTo("https://main.shop.svc:8000");
    assertThat(held("AWS_REGION")).isEqualTo("local-1");
    assertThat(held("AWS_ACCESS_KEY_ID")).isEqualTo(made.id());
    assertThat(held("AWS_SECRET_ACCESS_KEY")).isEqualTo(made.secret());
    assertThat(held("PARTITA_CA")).isEqualTo("the CA");
    assertThat(held("ca.crt")).isEqualTo("the CA");
    assertThat(ready()).isEqualTo("True Issued");
    assertThat(status().secretName()).isEqualTo("checkout-credentials");
    assertThat(status().currentKeyId()).isEqualTo(made.id());
    assertThat(status().keys())
        .singleElement()
        .satisfies(k -> assertThat(k.state()).isEqualTo("Active"));
    assertThat(status().toString()).doesNotContain(made.secret());
    assertThat(told.toString()).doesNotContain(made.secret());
  }

  @Test
  void thePodsKnowAKeyBeforeApplicationsDo() {
    podsLearn = false;
    pods.put("main-0", knows());
    turn();
    turn();
    assertThat(ready()).isEqualTo("False WaitingForPods");
    assertThat(secrets).doesNotContainKey("checkout-credentials");
    podsLearn = true;
    settle();
    assertThat(writes).containsExactly("ring", "user");
  }

  @Test
  void aRotationIsOverWhenApplicationsFindTheNewKeyAndNotBefore() {
    settle();
    String old = held("AWS_ACCESS_KEY_ID");
    spec(null, "1h", "again");
    podsLearn = false;
    turn();
    turn();
    assertThat(ready()).isEqualTo("True Rotating");
    assertThat(held("AWS_ACCESS_KEY_ID")).isEqualTo(old);
    assertThat(status().currentKeyId()).isEqualTo(old);
    assertThat(status().rotationToken()).isNull();
    podsLearn = true;
    settle();
    assertThat(status().currentKeyId()).isEqualTo(held("AWS_ACCESS_KEY_ID")).isNotEqualTo(old);
    assertThat(status().rotationToken()).isEqualTo("again");
  }

  @Test
  void nothingIsWrittenAtRest() {
    settle();
    writes.clear();
    told.clear();
    for (int i = 0; i < 10; i++) {
      settle();
    }
    assertThat(writes).isEmpty();
    assertThat(told).isEmpty();
  }

  @Test
  void aTokenRotatesOnceAndTheOldKeyStaysForTheOverlap() {
    settle();
    LiveKey old = ring().current().orElseThrow();
    writes.clear();
    spec(null, "1h", "again");
    settle();
    assertThat(writes).containsExactly("ring", "user", "ring");
    LiveKey fresh = ring().current().orElseThrow();
    assertThat(fresh.id()).isNotEqualTo(old.id()).isEqualTo(held("AWS_ACCESS_KEY_ID"));
    assertThat(ring().retiring().orElseThrow().id()).isEqualTo(old.id());
    assertThat(status().rotationToken()).isEqualTo("again");
    assertThat(status().keys())
        .extracting(AccessKeyStatus.Key::state)
        .containsExactly("Retiring", "Active");
    now = now.plus(Duration.ofMinutes(50));
    settle();
    assertThat(ring().keys()).hasSize(2);
    now = now.plus(Duration.ofMinutes(10));
    settle();
    assertThat(ring().keys()).containsExactly(fresh);
    assertThat(status().keys()).hasSize(1);
    assertThat(told)
        .anyMatch(event -> event.contains("KeyRemoved"))
        .noneMatch(event -> event.startsWith("Warning"));
  }

  @Test
  void aKeyIsReplacedWhenItIsOldEnough() {
    spec("720h", "1h", null);
    settle();
    LiveKey first = ring().current().orElseThrow();
    now = now.plus(Duration.ofDays(29));
    settle();
    assertThat(ring().keys()).containsExactly(first);
    now = now.plus(Duration.ofDays(1));
    settle();
    assertThat(held("AWS_ACCESS_KEY_ID")).isNotEqualTo(first.id());
  }

  @Test
  void noKeyIsLostWhereverTheOperatorDies() {
    settle();
    spec(null, "1h", "again");
    for (String step : List.of("ring", "user", "ring", "status")) {
      dieBefore = step;
      assertThatThrownBy(this::settle).hasMessage("killed");
      dieBefore = null;
      // What is in the user's Secret is valid at the pods, at every moment.
      assertThat(ring().find(Objects.requireNonNull(held("AWS_ACCESS_KEY_ID")))).isPresent();
      turn();
      assertThat(ring().find(Objects.requireNonNull(held("AWS_ACCESS_KEY_ID")))).isPresent();
    }
    settle();
    assertThat(ring().keys()).hasSize(2);
    assertThat(ring().current().orElseThrow().id()).isEqualTo(held("AWS_ACCESS_KEY_ID"));
  }

  @Test
  void aDeletedSecretComesBackWithTheSameKey() {
    settle();
    String id = held("AWS_ACCESS_KEY_ID");
    secrets.remove("checkout-credentials");
    settle();
    assertThat(held("AWS_ACCESS_KEY_ID")).isEqualTo(id);
  }

  @Test
  void keysThatThePodsLostAreRestored() {
    settle();
    String id = held("AWS_ACCESS_KEY_ID");
    secrets.put(
        "main-access-keys",
        new SecretBuilder(Objects.requireNonNull(secrets.get("main-access-keys")))
            .withData(Map.of("operator", "b3BlcmF0b3I="))
            .build());
    settle();
    assertThat(ring().current().orElseThrow().id()).isEqualTo(id);
    assertThat(held("AWS_ACCESS_KEY_ID")).isEqualTo(id);
  }

  @Test
  void anAccessKeyThatIsMadeAnewHasAnotherKeyAndTheOldOneIsRefused() {
    settle();
    String leaked = held("AWS_ACCESS_KEY_ID");
    key.getMetadata().setUid("uid-2");
    key.setStatus(null);
    turn();
    assertThat(podsSecretNames())
        .describedAs("the old key is refused, though its Secret is still there")
        .containsExactly("operator");
    settle();
    assertThat(ready()).isEqualTo("True Issued");
    assertThat(held("AWS_ACCESS_KEY_ID")).isNotNull().isNotEqualTo(leaked);
    assertThat(ring().keys())
        .singleElement()
        .extracting(LiveKey::id)
        .isEqualTo(held("AWS_ACCESS_KEY_ID"));
  }

  private Set<String> podsSecretNames() {
    return Objects.requireNonNull(secrets.get("main-access-keys")).getData().keySet();
  }

  @Test
  void aNewCaReachesTheSecret() {
    settle();
    ca = "another CA";
    settle();
    assertThat(held("ca.crt")).isEqualTo("another CA");
  }

  @Test
  void withoutTlsThereIsNoCa() {
    ca = null;
    settle();
    assertThat(held("PARTITA_CA")).isNull();
    assertThat(ready()).isEqualTo("True Issued");
  }

  @Test
  void aSecretOfSomebodyElseIsNotTouched() {
    Secret theirs =
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace("shop")
            .withName("checkout-credentials")
            .endMetadata()
            .withData(Map.of("AWS_ACCESS_KEY_ID", KeySecret.encode("theirs")))
            .build();
    secrets.put("checkout-credentials", theirs);
    settle();
    assertThat(secrets.get("checkout-credentials")).isSameAs(theirs);
    assertThat(ready()).isEqualTo("False SecretNotOurs");
    assertThat(writes).doesNotContain("user", "ring");
    assertThat(told).filteredOn(e -> e.startsWith("Warning SecretNotOurs")).hasSize(1);
    secrets.remove("checkout-credentials");
    settle();
    assertThat(ready()).isEqualTo("True Issued");
  }

  @Test
  void aClusterThatIsNotThereIsToldOf() {
    cluster = null;
    turn();
    assertThat(ready()).isEqualTo("False ClusterMissing");
  }

  @Test
  void thePodsSecretIsNotMadeByAnAccessKey() {
    secrets.remove("main-access-keys");
    turn();
    assertThat(ready()).isEqualTo("False ClusterStarting");
    assertThat(secrets).isEmpty();
  }

  @Test
  void aPodsSecretOfSomebodyElseIsLeftAlone() {
    Secret theirs =
        new SecretBuilder(Objects.requireNonNull(secrets.get("main-access-keys")))
            .editMetadata()
            .withOwnerReferences()
            .endMetadata()
            .build();
    secrets.put("main-access-keys", theirs);
    turn();
    assertThat(ready()).isEqualTo("False SecretNotOurs");
    assertThat(writes).isEmpty();
    assertThat(secrets).containsExactly(Map.entry("main-access-keys", theirs));
  }

  private Answer knows(PodReport.Key... keys) {
    return new Answer.Told(
        new PodReport("pod", "zone-a", "1", true, false, 0, List.of(keys), null, null), null);
  }

  @Override
  public Map<String, Answer> latest(ResourceID id) {
    if (podsLearn) {
      PodReport.Key[] all =
          ring().keys().stream()
              .map(k -> new PodReport.Key(k.id(), k.fingerprint()))
              .toArray(PodReport.Key[]::new);
      pods.put("main-0", knows(all));
      pods.put("main-1", knows(all));
    }
    return pods;
  }

  @Override
  public Map<String, Answer> ask(StorageCluster asked) {
    return latest(ResourceID.fromResource(asked));
  }

  @Override
  public void follow(StorageCluster cluster) {}

  @Override
  public void onChange(Consumer<ResourceID> listener) {}

  @Override
  public @Nullable StorageCluster cluster(String namespace, String name) {
    return cluster;
  }

  @Override
  public @Nullable Secret secret(String namespace, String name) {
    return secrets.get(name);
  }

  private void write(String what) {
    if (what.equals(dieBefore)) {
      throw new IllegalStateException("killed");
    }
    writes.add(what);
  }

  @Override
  public void writeUserSecret(@Nullable Secret there, Secret desired) {
    write("user");
    secrets.put(desired.getMetadata().getName(), desired);
  }

  @Override
  public void writeRing(Secret there, String accessKey, @Nullable String text) {
    write("ring");
    Map<String, String> data = new TreeMap<>(there.getData());
    data.remove("accesskey." + accessKey);
    if (text != null) {
      data.put("accesskey." + accessKey, KeySecret.encode(text));
    }
    secrets.put("main-access-keys", new SecretBuilder(there).withData(data).build());
  }

  @Override
  public AccessKey writeStatus(AccessKey resource, AccessKeyStatus status) {
    if ("status".equals(dieBefore)) {
      throw new IllegalStateException("killed");
    }
    resource.setStatus(status);
    return resource;
  }

  @Override
  public void publish(Type type, HasMetadata about, String reason, String action, String note) {
    told.add(type.text() + " " + reason + ": " + note);
  }
}
