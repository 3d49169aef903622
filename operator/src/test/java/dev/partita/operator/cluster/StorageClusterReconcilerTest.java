package dev.partita.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.crds.StorageCluster;
import dev.partita.crds.StorageClusterSpec;
import dev.partita.operator.cluster.objects.ClusterSecret;
import dev.partita.operator.cluster.objects.Names;
import dev.partita.operator.kube.Conditions;
import dev.partita.operator.tls.Pem;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A StorageCluster on a real API server.
class StorageClusterReconcilerTest {

  private final Site site = new Site();

  @AfterEach
  void close() {
    site.close();
  }

  private static String condition(StorageCluster cluster, String type) {
    return cluster.getStatus() == null
        ? ""
        : Conditions.find(cluster.getStatus().conditions(), type)
            .map(c -> c.getStatus() + " " + c.getReason())
            .orElse("");
  }

  private String message(String type) {
    return Conditions.find(site.cluster().getStatus().conditions(), type)
        .orElseThrow()
        .getMessage();
  }

  private void awaitCondition(String type, String so) {
    Site.await(
        type + " is " + so + ", not " + condition(site.cluster(), type),
        () -> condition(site.cluster(), type).equals(so));
  }

  private void running() {
    site.start();
    site.create(StorageClusterSpec.EMPTY);
    Site.await("a StatefulSet", () -> site.statefulSet() != null);
    site.settleStatefulSet();
    site.makePods();
    Site.await("a pods file", () -> pods() != null);
    for (int i = 0; i < 3; i++) {
      site.ready(i, true);
    }
    awaitCondition("Ready", "True AllPodsReady");
  }

  private @Nullable String pods() {
    var map = site.client.configMaps().inNamespace(site.namespace).withName("orders-pods").get();
    return map == null ? null : map.getData().get(Names.PODS_KEY);
  }

  private Map<String, String> versions() {
    Map<String, String> versions = new TreeMap<>();
    for (HasMetadata object : site.objects()) {
      versions.put(
          object.getKind() + " " + object.getMetadata().getName(),
          object.getMetadata().getResourceVersion());
    }
    for (int i = 0; i < 3; i++) {
      versions.put("pod " + i, site.pod(i).getMetadata().getResourceVersion());
    }
    return versions;
  }

  private String serial(String secret) {
    try {
      String certificate =
          ClusterSecret.texts(
                  site.client.secrets().inNamespace(site.namespace).withName(secret).require())
              .get("tls.crt");
      return Pem.certificates(String.valueOf(certificate))
          .getFirst()
          .getSerialNumber()
          .toString(16);
    } catch (CertificateException e) {
      throw new AssertionError(e);
    }
  }

  private List<String> events() {
    return site.client.events().v1().events().inNamespace(site.namespace).list().getItems().stream()
        .map(e -> e.getReason())
        .toList();
  }

  @Test
  void fromNothingToReady() {
    running();

    assertThat(pods())
        .isEqualTo(
            """
            orders-0/zone-a@orders-0.orders-pods.%1$s.svc:7400
            orders-1/zone-b@orders-1.orders-pods.%1$s.svc:7400
            orders-2/zone-c@orders-2.orders-pods.%1$s.svc:7400
            """
                .formatted(site.namespace));
    StorageCluster cluster = site.cluster();
    assertThat(cluster.getStatus().readyPods()).isEqualTo("3/3");
    assertThat(cluster.getStatus().endpoint())
        .isEqualTo("https://orders." + site.namespace + ".svc:8000");
    assertThat(condition(cluster, "Available")).isEqualTo("True QuorumReady");
    assertThat(condition(cluster, "ZonesSpread")).isEqualTo("True ThreeZones");
    assertThat(condition(cluster, "Progressing")).isEqualTo("False Settled");
    assertThat(condition(cluster, "Degraded")).isEqualTo("False AsExpected");
    assertThat(condition(cluster, "CertificatesReady")).isEqualTo("True Issued");
    assertThat(cluster.getStatus().observedGeneration()).isEqualTo(1);
    for (int i = 0; i < 3; i++) {
      assertThat(site.pod(i).getMetadata().getAnnotations())
          .containsKeys(Names.PODS_HASH, Names.TLS_HASH, Names.ACCESS_KEYS_HASH);
    }
    assertThat(events()).contains("Created", "AuthorityCreated", "Ready");
  }

  @Test
  void aSecondReconcileWritesNothing() {
    running();
    double before = writes();
    Map<String, String> versions = versions();
    StorageCluster cluster = site.cluster();

    site.annotate("partita.dev/look-again", "1");
    site.restartOperator();
    site.annotate("partita.dev/look-again", "2");
    site.reports.tell(new ResourceID(Site.NAME, site.namespace));
    site.annotate("partita.dev/paused-by-nobody", "3");
    // A sentinel: when it is answered, whatever was asked before is over.
    Service service =
        site.client.services().inNamespace(site.namespace).withName(Site.NAME).require();
    site.client.resource(service).delete();
    Site.await(
        "the Service again",
        () -> site.client.services().inNamespace(site.namespace).withName(Site.NAME).get() != null);

    Map<String, String> after = versions();
    versions.remove("Service orders");
    after.remove("Service orders");
    assertThat(after).isEqualTo(versions);
    // The resource itself has other annotations now.
    assertThat(site.cluster().getStatus()).isEqualTo(cluster.getStatus());
    assertThat(statusWrites(site.cluster())).isEqualTo(statusWrites(cluster));
    assertThat(writes()).isEqualTo(before + 1);
  }

  private static List<String> statusWrites(StorageCluster cluster) {
    return cluster.getMetadata().getManagedFields().stream()
        .filter(f -> "status".equals(f.getSubresource()))
        .map(f -> f.getManager() + " at " + f.getTime())
        .toList();
  }

  private double writes() {
    return site.meters.find("partita.operator.writes").counters().stream()
        .mapToDouble(c -> c.count())
        .sum();
  }

  @Test
  void aRestartGoesPodByPodAndOnlyWhileTheOthersCarryOn() {
    running();
    site.reports.say(new Reports().silent("orders-0", "busy").answers());

    site.annotate(Names.RESTART, "now");
    Site.await("the token in the template", () -> "now".equals(restartToken()));
    site.settleStatefulSet();
    awaitCondition("Progressing", "True Restarting");
    List<String> uids = uids();

    site.reports.say(new Reports().answers());
    Site.await("the budget is asked", () -> message("Progressing").contains("disruption budget"));
    assertThat(uids()).isEqualTo(uids);
    site.allowDisruption();
    site.stopped(2);
    assertThat(uids()).isEqualTo(uids.subList(0, 2));

    site.makePod(2);
    site.restartOperator();
    site.ready(2, true);
    site.allowDisruption();
    site.stopped(1);
    assertThat(site.pod(0).getMetadata().getUid()).isEqualTo(uids.getFirst());

    site.makePod(1);
    site.ready(1, true);
    site.allowDisruption();
    site.stopped(0);
    site.makePod(0);
    site.ready(0, true);
    awaitCondition("Progressing", "False Settled");
    awaitCondition("Ready", "True AllPodsReady");
    assertThat(events()).contains("Restarting");
  }

  private List<String> uids() {
    return site.client.pods().inNamespace(site.namespace).list().getItems().stream()
        .map(p -> p.getMetadata().getUid())
        .toList();
  }

  @Test
  void certificatesAreMadeAnewWhenThatIsAskedFor() {
    running();
    String internal = serial("orders-internal-tls");
    String client = serial("orders-tls");
    String operator = serial("orders-operator");

    site.annotate(Names.ROTATE_CERTIFICATES, "1");

    Site.await(
        "new certificates",
        () ->
            !serial("orders-internal-tls").equals(internal)
                && !serial("orders-tls").equals(client)
                && !serial("orders-operator").equals(operator));
    assertThat(serial("orders-ca")).isNotEmpty();
    Site.await("a story", () -> events().contains("CertificateRenewed"));
  }

  @Test
  void anAuthorityIsExchangedInStepsThatWaitForThePods() {
    running();
    String old = serial("orders-ca");
    String leaf = serial("orders-internal-tls");

    site.annotate(Names.ROTATE_AUTHORITY, "1");
    Site.await("the successor is announced", () -> bundle().size() == 2);
    assertThat(serial("orders-ca")).isEqualTo(old);
    Site.await("leaves for the new bundle", () -> !serial("orders-internal-tls").equals(leaf));
    site.restartOperator();
    assertThat(serial("orders-ca")).isEqualTo(old);

    awaitFollowing("the successor signs", () -> !serial("orders-ca").equals(old));
    awaitFollowing("the old one is gone", () -> bundle().size() == 1);
    awaitFollowing(
        "it is over", () -> condition(site.cluster(), "Progressing").equals("False Settled"));
  }

  /// Waits with pods that use whatever is in the Secrets.
  private void awaitFollowing(String what, BooleanSupplier so) {
    Site.await(
        what,
        () -> {
          site.reports.say(
              new Reports().serials(serial("orders-tls"), serial("orders-internal-tls")).answers());
          site.reports.tell(new ResourceID(Site.NAME, site.namespace));
          return so.getAsBoolean();
        });
  }

  private List<?> bundle() {
    try {
      Secret secret =
          site.client
              .secrets()
              .inNamespace(site.namespace)
              .withName("orders-internal-tls")
              .require();
      return Pem.certificates(String.valueOf(ClusterSecret.texts(secret).get("ca.crt")));
    } catch (CertificateException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anObjectOfSomebodyElseIsNotTakenOver() {
    Service theirs =
        new ServiceBuilder()
            .withNewMetadata()
            .withNamespace(site.namespace)
            .withName(Site.NAME)
            .endMetadata()
            .withNewSpec()
            .addNewPort()
            .withPort(80)
            .endPort()
            .endSpec()
            .build();
    site.client.resource(theirs).create();
    site.start();

    site.create(StorageClusterSpec.EMPTY);

    awaitCondition("Degraded", "True ObjectNotOurs");
    assertThat(
            site.client
                .services()
                .inNamespace(site.namespace)
                .withName(Site.NAME)
                .require()
                .getSpec()
                .getPorts()
                .getFirst()
                .getPort())
        .isEqualTo(80);
  }

  @Test
  void aSecretOfSomebodyElseIsNotTakenOver() {
    Secret theirs =
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace(site.namespace)
            .withName("orders-tls")
            .endMetadata()
            .withType("kubernetes.io/tls")
            .addToStringData("tls.crt", "theirs")
            .addToStringData("tls.key", "theirs")
            .build();
    Secret created = site.client.resource(theirs).create();
    site.start();

    site.create(StorageClusterSpec.EMPTY);

    awaitCondition("CertificatesReady", "False ObjectNotOurs");
    Secret there =
        site.client.secrets().inNamespace(site.namespace).withName("orders-tls").require();
    assertThat(there.getMetadata().getResourceVersion())
        .isEqualTo(created.getMetadata().getResourceVersion());
    assertThat(site.statefulSet()).isNull();

    site.client.resource(there).delete();
    awaitCondition("CertificatesReady", "True Issued");
    Site.await("a StatefulSet", () -> site.statefulSet() != null);
  }

  @Test
  void theSecretsOfAClusterOfALongerNameAreItsOwn() {
    running();
    String internal = serial("orders-internal-tls");
    StorageCluster other = new StorageCluster();
    other.getMetadata().setNamespace(site.namespace);
    // Whose client certificate is where the internal one of `orders` is.
    other.getMetadata().setName("orders-internal");
    site.client.resource(other).create();

    Site.await(
        "it says so",
        () ->
            condition(
                    site.client
                        .resources(StorageCluster.class)
                        .inNamespace(site.namespace)
                        .withName("orders-internal")
                        .require(),
                    "CertificatesReady")
                .equals("False ObjectNotOurs"));
    assertThat(serial("orders-internal-tls")).isEqualTo(internal);
  }

  @Test
  void aDeletedSecretIsMadeAgainAndAnAuthorityIsKept() {
    running();
    String authority = serial("orders-ca");
    site.client.secrets().inNamespace(site.namespace).withName("orders-tls").delete();

    Site.await(
        "the Secret again",
        () ->
            site.client.secrets().inNamespace(site.namespace).withName("orders-tls").get() != null);
    assertThat(serial("orders-ca")).isEqualTo(authority);
  }

  @Test
  void conditionsSayWhatIsMissingFromAClusterWithoutNodes() {
    site.start();
    site.create(StorageClusterSpec.EMPTY);

    awaitCondition("Progressing", "True WaitingForZones");
    Condition ready =
        Conditions.find(site.cluster().getStatus().conditions(), "Ready").orElseThrow();
    assertThat(ready.getStatus()).isEqualTo("False");
  }

  @Test
  void whyAPodIsNotMadeIsSaid() {
    running();
    site.client.resource(site.pod(2)).withGracePeriod(0).delete();
    awaitCondition("Ready", "False PodsNotReady");
    site.complainOfStatefulSet("pods \"orders-2\" is forbidden: exceeded quota: storage");

    site.ahead = Duration.ofSeconds(20);
    site.annotate("partita.dev/look-again", "1");

    awaitCondition("Degraded", "True PodsNotMade");
    assertThat(message("Degraded")).contains("exceeded quota");
    site.makePod(2);
    site.ready(2, true);
    awaitCondition("Degraded", "False AsExpected");
  }

  @Test
  void takingTheRestartAnnotationAwayRestartsNobody() {
    running();
    site.annotate(Names.RESTART, "now");
    Site.await("the token in the template", () -> "now".equals(restartToken()));
    long generation = site.statefulSet().getMetadata().getGeneration();

    site.client
        .resources(StorageCluster.class)
        .inNamespace(site.namespace)
        .withName(Site.NAME)
        .edit(
            c -> {
              c.getMetadata().getAnnotations().remove(Names.RESTART);
              c.setSpec(spec("image: storage:2"));
              return c;
            });
    // Another change of the template is the sign that the operator has looked.
    Site.await(
        "another template", () -> site.statefulSet().getMetadata().getGeneration() > generation);

    assertThat(restartToken()).isEqualTo("now");
  }

  private @Nullable String restartToken() {
    Map<String, String> annotations =
        site.statefulSet().getSpec().getTemplate().getMetadata().getAnnotations();
    return annotations == null ? null : annotations.get(Names.RESTART);
  }

  @Test
  void aPausedClusterIsOnlyWatched() {
    site.start();
    site.create(spec("paused: true"));

    awaitCondition("Progressing", "False Paused");
    assertThat(site.objects()).isEmpty();
  }

  @Test
  void aCertificateThatSomebodyElseBringsIsWaitedForAndChecked() {
    site.start();
    site.create(spec("endpoint: {tls: {mode: UserManaged, secretName: mine}}"));
    awaitCondition("CertificatesReady", "False SecretMissing");

    site.client
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace(site.namespace)
                .withName("mine")
                .endMetadata()
                .addToStringData("tls.crt", "x")
                .build())
        .create();
    site.annotate("partita.dev/look-again", "1");

    awaitCondition("CertificatesReady", "False SecretIncomplete");
    assertThat(site.client.secrets().inNamespace(site.namespace).withName("orders-tls").get())
        .isNull();
  }

  @Test
  void withoutCertManagerThatIsSaid() {
    site.start();
    site.create(spec("endpoint: {tls: {mode: CertManager, issuerRef: {name: internal}}}"));

    awaitCondition("CertificatesReady", "False CertManagerMissing");
  }

  @Test
  void budgetAndPolicyGoWhenTheyAreNoLongerWanted() {
    running();

    site.client
        .resources(StorageCluster.class)
        .inNamespace(site.namespace)
        .withName(Site.NAME)
        .edit(
            c -> {
              c.setSpec(
                  spec("podDisruptionBudget: {enabled: false}\nnetworkPolicy: {enabled: false}"));
              return c;
            });

    Site.await(
        "neither is there",
        () ->
            site.objects().stream()
                .noneMatch(
                    o ->
                        o.getKind().equals("PodDisruptionBudget")
                            || o.getKind().equals("NetworkPolicy")));
  }

  private static StorageClusterSpec spec(String yaml) {
    return Serialization.unmarshal(yaml, StorageClusterSpec.class);
  }
}
