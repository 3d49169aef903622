package dev.partita.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.crds.StorageCluster;
import dev.partita.crds.StorageClusterSpec;
import dev.partita.operator.cluster.objects.Names;
import dev.partita.operator.kube.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

  @Test
  void fromNothingToReady() {
    site.running();

    assertThat(site.pods())
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
    assertThat(Site.condition(cluster, "Available")).isEqualTo("True QuorumReady");
    assertThat(Site.condition(cluster, "ZonesSpread")).isEqualTo("True ThreeZones");
    assertThat(Site.condition(cluster, "Progressing")).isEqualTo("False Settled");
    assertThat(Site.condition(cluster, "Degraded")).isEqualTo("False AsExpected");
    assertThat(Site.condition(cluster, "CertificatesReady")).isEqualTo("True Issued");
    assertThat(cluster.getStatus().observedGeneration()).isEqualTo(1);
    for (int i = 0; i < 3; i++) {
      assertThat(site.pod(i).getMetadata().getAnnotations())
          .containsKeys(Names.PODS_HASH, Names.TLS_HASH, Names.ACCESS_KEYS_HASH);
    }
    assertThat(site.events()).contains("Created", "AuthorityCreated", "Ready");
  }

  @Test
  void aSecondReconcileWritesNothing() {
    site.running();
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
    site.running();
    site.reports.say(new Reports().silent("orders-0", "busy").answers());

    site.annotate(Names.RESTART, "now");
    Site.await("the token in the template", () -> "now".equals(restartToken()));
    site.settleStatefulSet();
    site.awaitCondition("Progressing", "True Restarting");
    List<String> uids = uids();

    site.reports.say(new Reports().answers());
    Site.await(
        "the budget is asked", () -> site.message("Progressing").contains("disruption budget"));
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
    site.awaitCondition("Progressing", "False Settled");
    site.awaitCondition("Ready", "True AllPodsReady");
    assertThat(site.events()).contains("Restarting");
  }

  private List<String> uids() {
    return site.client.pods().inNamespace(site.namespace).list().getItems().stream()
        .map(p -> p.getMetadata().getUid())
        .toList();
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

    site.awaitCondition("Degraded", "True ObjectNotOurs");
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
  void conditionsSayWhatIsMissingFromAClusterWithoutNodes() {
    site.start();
    site.create(StorageClusterSpec.EMPTY);

    site.awaitCondition("Progressing", "True WaitingForZones");
    Condition ready =
        Conditions.find(site.cluster().getStatus().conditions(), "Ready").orElseThrow();
    assertThat(ready.getStatus()).isEqualTo("False");
  }

  @Test
  void whyAPodIsNotMadeIsSaid() {
    site.running();
    site.client.resource(site.pod(2)).withGracePeriod(0).delete();
    site.awaitCondition("Ready", "False PodsNotReady");
    site.complainOfStatefulSet("pods \"orders-2\" is forbidden: exceeded quota: storage");

    site.ahead = Duration.ofSeconds(20);
    site.annotate("partita.dev/look-again", "1");

    site.awaitCondition("Degraded", "True PodsNotMade");
    assertThat(site.message("Degraded")).contains("exceeded quota");
    site.makePod(2);
    site.ready(2, true);
    site.awaitCondition("Degraded", "False AsExpected");
  }

  @Test
  void takingTheRestartAnnotationAwayRestartsNobody() {
    site.running();
    site.annotate(Names.RESTART, "now");
    Site.await("the token in the template", () -> "now".equals(restartToken()));
    long generation = site.statefulSet().getMetadata().getGeneration();

    site.patch(
        """
        metadata: {annotations: {'%s': null}}
        spec: {image: 'storage:2'}
        """
            .formatted(Names.RESTART));
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
    site.create(Site.spec("paused: true"));

    site.awaitCondition("Progressing", "False Paused");
    assertThat(site.objects()).isEmpty();
  }

  @Test
  void budgetAndPolicyGoWhenTheyAreNoLongerWanted() {
    site.running();

    site.patch("spec: {podDisruptionBudget: {enabled: false}, networkPolicy: {enabled: false}}");

    Site.await(
        "neither is there",
        () ->
            site.objects().stream()
                .noneMatch(
                    o ->
                        o.getKind().equals("PodDisruptionBudget")
                            || o.getKind().equals("NetworkPolicy")));
  }
}
