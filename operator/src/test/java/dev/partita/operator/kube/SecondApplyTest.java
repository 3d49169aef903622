package dev.partita.operator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.crds.StorageCluster;
import dev.partita.operator.Settings;
import dev.partita.operator.cluster.objects.ClientService;
import dev.partita.operator.cluster.objects.ClusterNetworkPolicy;
import dev.partita.operator.cluster.objects.ClusterSecret;
import dev.partita.operator.cluster.objects.DisruptionBudget;
import dev.partita.operator.cluster.objects.PeerService;
import dev.partita.operator.cluster.objects.PodsConfigMap;
import dev.partita.operator.cluster.objects.StorageServiceAccount;
import dev.partita.operator.cluster.objects.StorageStatefulSet;
import dev.partita.operator.cluster.objects.Wanted;
import dev.partita.operator.kube.Applied.Change;
import dev.partita.testing.apiserver.ApiServer;
import dev.partita.testing.apiserver.ApiServers;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Objects applied to a real API server, twice.
class SecondApplyTest {

  private final ApiServer server = ApiServers.shared();
  private final String namespace = server.newNamespace("second");
  private final Apply apply = new Apply(server.client(), new SimpleMeterRegistry());

  private Wanted wanted(String golden) throws IOException {
    StorageCluster cluster =
        Serialization.unmarshal(
            Files.readString(Path.of("src/test/resources/golden", golden + ".yaml")),
            StorageCluster.class);
    cluster.getMetadata().setNamespace(namespace);
    return Wanted.of(
        cluster, new Settings("storage:1", Set.of(), false, "partita-system", "operator-1", 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "full", "single"})
  void ofEveryObjectWritesNothing(String golden) throws IOException {
    Wanted wanted = wanted(golden);
    for (HasMetadata object :
        List.of(
            StorageServiceAccount.of(wanted),
            PeerService.of(wanted),
            ClientService.of(wanted),
            ClusterNetworkPolicy.of(wanted),
            DisruptionBudget.of(wanted),
            PodsConfigMap.of(wanted, "orders-0/a@b:7400\n"),
            ClusterSecret.of(wanted, "orders-tls", Map.of("tls.crt", "x"), Map.of("a", "b")),
            StorageStatefulSet.of(wanted, "storage:1", null))) {
      assertThat(apply.apply(null, object).change()).isEqualTo(Change.CREATED);
      HasMetadata there = server.client().resource(object).get();
      Applied<HasMetadata> second = apply.apply(there, object);
      assertThat(second.change()).as(object.getKind()).isEqualTo(Change.NONE);
      // And if it were written, nothing would come of it.
      HasMetadata forced = apply.apply(null, object).object();
      assertThat(forced.getMetadata().getResourceVersion())
          .as(object.getKind())
          .isEqualTo(there.getMetadata().getResourceVersion());
    }
  }

  @Test
  void whatIsNoLongerWantedGoes() throws IOException {
    StatefulSet wanted = StorageStatefulSet.of(wanted("full"), "storage:1", null);
    StatefulSet there = apply.apply(null, wanted).object();
    StatefulSet less =
        new StatefulSetBuilder(wanted)
            .editSpec()
            .editTemplate()
            .editSpec()
            .withNodeSelector(Map.of())
            .withTolerations()
            .endSpec()
            .endTemplate()
            .endSpec()
            .build();

    Applied<StatefulSet> applied = apply.apply(there, less);

    assertThat(applied.change()).isEqualTo(Change.CHANGED);
    assertThat(applied.object().getSpec().getTemplate().getSpec().getNodeSelector())
        .isNullOrEmpty();
    assertThat(applied.object().getSpec().getTemplate().getSpec().getTolerations()).isEmpty();
    assertThat(apply.apply(applied.object(), less).change()).isEqualTo(Change.NONE);
  }

  @Test
  void anElementThatIsTakenOutOfAnAtomicListGoes() throws IOException {
    StatefulSet one = StorageStatefulSet.of(wanted("full"), "storage:1", null);
    StatefulSet two =
        new StatefulSetBuilder(one)
            .editSpec()
            .editTemplate()
            .editSpec()
            .addToTolerations(
                new TolerationBuilder().withKey("more").withOperator("Exists").build())
            .endSpec()
            .endTemplate()
            .endSpec()
            .build();
    StatefulSet there = apply.apply(null, two).object();

    Applied<StatefulSet> applied = apply.apply(there, one);

    assertThat(applied.object().getSpec().getTemplate().getSpec().getTolerations()).hasSize(1);
  }

  @Test
  void whatSomebodyElseChangedIsPutBackAndWhatTheyAddedStays() throws IOException {
    HasMetadata wanted = PodsConfigMap.of(wanted("plain"), "right\n");
    apply.apply(null, wanted);
    ConfigMap theirs =
        server.client().configMaps().inNamespace(namespace).withName("orders-pods").require();
    theirs.getData().put("pods", "wrong\n");
    theirs.getData().put("theirs", "stays");
    ConfigMap there = server.client().resource(theirs).update();

    Applied<HasMetadata> applied = apply.apply(there, wanted);

    assertThat(applied.change()).isEqualTo(Change.CHANGED);
    assertThat(((ConfigMap) applied.object()).getData())
        .isEqualTo(Map.of("pods", "right\n", "theirs", "stays"));
    assertThat(apply.apply(applied.object(), wanted).change()).isEqualTo(Change.NONE);
  }

  @Test
  void twoManagersShareOneObject() {
    ConfigMap first = part("a", "1");
    ConfigMap second = part("b", "2");
    apply.apply(null, first, "first");
    ConfigMap there = apply.apply(null, second, "second").object();

    assertThat(new TreeMap<>(Objects.requireNonNull(there.getData())))
        .isEqualTo(Map.of("a", "1", "b", "2"));
    assertThat(apply.apply(there, first, "first").change()).isEqualTo(Change.NONE);
    assertThat(apply.apply(there, second, "second").change()).isEqualTo(Change.NONE);
    assertThat(apply.apply(there, part("c", "3"), "second").object().getData())
        .isEqualTo(Map.of("a", "1", "c", "3"));
  }

  private ConfigMap part(String key, String value) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName("shared")
        .endMetadata()
        .withData(Map.of(key, value))
        .build();
  }
}
