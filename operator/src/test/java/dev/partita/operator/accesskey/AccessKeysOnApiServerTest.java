package dev.partita.operator.accesskey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.crds.AccessKey;
import dev.partita.crds.AccessKeySpec;
import dev.partita.crds.ClusterRef;
import dev.partita.crds.StorageCluster;
import dev.partita.crds.StorageClusterSpec;
import dev.partita.operator.cluster.objects.Names;
import dev.partita.operator.kube.Conditions;
import dev.partita.operator.pods.PodReport;
import dev.partita.operator.pods.PodReports;
import dev.partita.operator.testing.Eventually;
import dev.partita.operator.testing.RunningOperator;
import dev.partita.testing.apiserver.ApiServer;
import dev.partita.testing.apiserver.ApiServers;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The reconciler with a real API server, and pods that know at once what is in their Secret.
class AccessKeysOnApiServerTest implements PodReports {

  private static final String PODS = "main-access-keys";

  private final ApiServer server = ApiServers.shared();
  private final KubernetesClient client = RunningOperator.client(server);
  private final String namespace = server.newNamespace("keys");
  private @Nullable RunningOperator operator;

  private void start() {
    operator = new RunningOperator(server, namespace, this, AccessKeyReconciler::register);
  }

  @AfterEach
  void stop() {
    if (operator != null) {
      operator.close();
    }
    client.close();
  }

  /// What the StorageCluster's own reconciler makes.
  private void cluster() {
    StorageCluster cluster = new StorageCluster();
    cluster.setMetadata(new ObjectMetaBuilder().withNamespace(namespace).withName("main").build());
    cluster.setSpec(StorageClusterSpec.EMPTY);
    StorageCluster made = client.resource(cluster).create();
    client
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(PODS)
                .addNewOwnerReference()
                .withApiVersion(made.getApiVersion())
                .withKind(made.getKind())
                .withName("main")
                .withUid(made.getMetadata().getUid())
                .endOwnerReference()
                .withLabels(new Names(namespace, "main").labels())
                .endMetadata()
                .withData(Map.of("operator", KeySecret.encode("[operator]")))
                .build())
        .create();
  }

  private void key(String name, @Nullable String token) {
    AccessKey key = new AccessKey();
    key.setMetadata(new ObjectMetaBuilder().withNamespace(namespace).withName(name).build());
    key.setSpec(new AccessKeySpec(new ClusterRef("main"), null, null, null, token));
    client.resource(key).fieldManager("user").serverSideApply();
  }

  private @Nullable Secret secret(String name) {
    return client.secrets().inNamespace(namespace).withName(name).get();
  }

  private AccessKey await(String name, String reason) {
    return Eventually.gives(
        name + " is " + reason,
        () -> {
          AccessKey key =
              client.resources(AccessKey.class).inNamespace(namespace).withName(name).get();
          return key.getStatus() != null
                  && Conditions.find(key.getStatus().conditions(), "Ready")
                      .filter(c -> reason.equals(c.getReason()))
                      .isPresent()
              ? key
              : null;
        });
  }

  private KeyRing ring(String name) {
    String text = KeySecret.text(Objects.requireNonNull(secret(PODS)), "accesskey." + name);
    return text == null ? KeyRing.EMPTY : KeyRingText.read(text, Instant.EPOCH);
  }

  private String id(String secret) {
    return Objects.requireNonNull(
        KeySecret.text(Objects.requireNonNull(secret(secret)), KeySecret.ID));
  }

  @Test
  void twoKeysAreSideBySideAndNothingIsWrittenAtRest() {
    start();
    cluster();
    key("checkout", null);
    key("billing", null);
    AccessKey checkout = await("checkout", "Issued");
    await("billing", "Issued");
    assertThat(Objects.requireNonNull(secret(PODS)).getData())
        .containsOnlyKeys("operator", "accesskey.checkout", "accesskey.billing");
    assertThat(checkout.getStatus().currentKeyId()).isEqualTo(id("checkout-credentials"));
    assertThat(checkout.getMetadata().getFinalizers()).isEmpty();
    List<String> versions = versions();
    // A third key wakes the others: the pods' Secret changes under them.
    key("third", null);
    await("third", "Issued");
    assertThat(versions()).isEqualTo(versions);
  }

  private List<String> versions() {
    return Stream.of("checkout", "billing")
        .flatMap(
            name ->
                Stream.of(
                    Objects.requireNonNull(secret(name + "-credentials"))
                        .getMetadata()
                        .getResourceVersion(),
                    client
                        .resources(AccessKey.class)
                        .inNamespace(namespace)
                        .withName(name)
                        .get()
                        .getMetadata()
                        .getResourceVersion()))
        .toList();
  }

  @Test
  void aDeletedSecretComesBackWithTheSameKey() {
    start();
    cluster();
    key("checkout", null);
    await("checkout", "Issued");
    String id = id("checkout-credentials");
    client.secrets().inNamespace(namespace).withName("checkout-credentials").delete();
    Eventually.holds("the Secret is back", () -> secret("checkout-credentials") != null);
    assertThat(id("checkout-credentials")).isEqualTo(id);
  }

  @Test
  void aTokenRotatesAndBothKeysAreValid() {
    start();
    cluster();
    key("checkout", null);
    await("checkout", "Issued");
    String old = id("checkout-credentials");
    key("checkout", "again");
    Eventually.holds("the Secret has another key", () -> !id("checkout-credentials").equals(old));
    Eventually.holds(
        "the old one is retiring",
        () -> ring("checkout").retiring().filter(k -> k.id().equals(old)).isPresent());
    Eventually.holds(
        "the status says so",
        () -> "again".equals(await("checkout", "Issued").getStatus().rotationToken()));
    assertThat(await("checkout", "Issued").getStatus().keys()).hasSize(2);
  }

  @Test
  void aDeletedKeyIsTakenFromThePods() {
    start();
    cluster();
    key("checkout", null);
    key("billing", null);
    await("checkout", "Issued");
    await("billing", "Issued");
    client.resources(AccessKey.class).inNamespace(namespace).withName("checkout").delete();
    Eventually.holds("the pods know it no more", () -> ring("checkout").isEmpty());
    assertThat(ring("billing").keys()).hasSize(1);
  }

  @Test
  void anAccessKeyThatIsMadeAnewHasAnotherKey() {
    start();
    cluster();
    key("checkout", null);
    await("checkout", "Issued");
    String leaked = id("checkout-credentials");
    client.resources(AccessKey.class).inNamespace(namespace).withName("checkout").delete();
    key("checkout", null);
    // No garbage collector runs here: the Secret of the old one is still there, and is taken up.
    AccessKey anew = await("checkout", "Issued");
    assertThat(id("checkout-credentials")).isNotEqualTo(leaked);
    assertThat(Objects.requireNonNull(secret("checkout-credentials")).getMetadata())
        .satisfies(
            m ->
                assertThat(m.getOwnerReferences())
                    .singleElement()
                    .satisfies(o -> assertThat(o.getUid()).isEqualTo(anew.getMetadata().getUid())));
    assertThat(ring("checkout").keys())
        .singleElement()
        .extracting(LiveKey::id)
        .isEqualTo(id("checkout-credentials"));
  }

  @Test
  void aKeyThatWasDeletedWhileNoOperatorRanIsTakenFromThePods() {
    cluster();
    client
        .secrets()
        .inNamespace(namespace)
        .withName(PODS)
        .edit(
            s -> new SecretBuilder(s).addToData("accesskey.gone", KeySecret.encode("[x]")).build());
    start();
    Eventually.holds(
        "only the operator's key is left",
        () -> Objects.requireNonNull(secret(PODS)).getData().size() == 1);
  }

  @Test
  void aSecretOfSomebodyElseIsNotTouched() {
    client
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("checkout-credentials")
                .endMetadata()
                .withData(Map.of("mine", KeySecret.encode("1")))
                .build())
        .create();
    start();
    cluster();
    key("checkout", null);
    await("checkout", "SecretNotOurs");
    assertThat(Objects.requireNonNull(secret("checkout-credentials")).getData())
        .containsOnlyKeys("mine");
  }

  @Override
  public Map<String, Answer> latest(ResourceID cluster) {
    Secret secret = secret(PODS);
    List<PodReport.Key> known =
        secret == null
            ? List.of()
            : secret.getData().keySet().stream()
                .filter(name -> name.startsWith(KeyNames.DATA_KEY_PREFIX))
                .flatMap(
                    name ->
                        KeyRingText.read(
                            Objects.requireNonNull(KeySecret.text(secret, name)), Instant.EPOCH)
                            .keys()
                            .stream())
                .map(key -> new PodReport.Key(key.id(), key.fingerprint()))
                .toList();
    return Map.of(
        "main-0",
        new Answer.Told(
            new PodReport("main-0", "zone-a", "1", true, false, 0, known, null, null), null));
  }

  @Override
  public Map<String, Answer> ask(StorageCluster cluster) {
    return latest(ResourceID.fromResource(cluster));
  }

  @Override
  public void follow(StorageCluster cluster) {}

  @Override
  public void onChange(Consumer<ResourceID> listener) {}
}
