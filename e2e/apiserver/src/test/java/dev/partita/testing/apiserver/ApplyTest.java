package dev.partita.testing.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.crds.AccessKey;
import dev.partita.crds.DynamoTable;
import dev.partita.crds.DynamoTableSpec.BillingMode;
import dev.partita.crds.StorageCluster;
import dev.partita.crds.StorageClusterSpec;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Manifests as kubectl and the client apply them.
class ApplyTest {

  private static final Path EXAMPLE = Path.of("../../examples/orders.yaml");

  /// What is most easily given back in another form: quantities as numbers and texts, tolerations,
  /// durations.
  private static final String CLUSTER_AND_KEY =
      """
      apiVersion: partita.dev/v1alpha1
      kind: StorageCluster
      metadata: { name: main }
      spec:
        storage: { size: 10240Mi }
        resources:
          requests: { cpu: 1, memory: 1073741824 }
          limits: { cpu: 1500m, memory: 2048Mi }
        podTemplate:
          labels: { team: data }
          nodeSelector: { disk: fast }
          tolerations:
            - { key: control, operator: Exists }
            - { key: slow, value: "yes", effect: NoExecute, tolerationSeconds: 30 }
        podDisruptionBudget: { enabled: false }
      ---
      apiVersion: partita.dev/v1alpha1
      kind: AccessKey
      metadata: { name: checkout }
      spec:
        clusterRef: { name: main }
        rotateAfter: 720h
        overlap: 1h30m
        rotationToken: "1"
      """;

  private final ApiServer server = ApiServers.shared();
  private final Kubectl kubectl = server.kubectl();
  private final KubernetesClient client = server.client();
  private final String namespace = server.newNamespace("apply");

  private static List<String> manifests() throws IOException {
    return List.of(Files.readString(EXAMPLE), CLUSTER_AND_KEY);
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void aSecondApplyChangesNothingAndThereIsNoDifference(String manifest) throws Exception {
    ok(manifest, "apply", "--server-side", "-n", namespace, "-f", "-");
    List<String> first = versions();
    ok(manifest, "apply", "--server-side", "-n", namespace, "-f", "-");

    assertThat(first).hasSize(2);
    assertThat(versions()).isEqualTo(first);
    ok(manifest, "diff", "--server-side", "-n", namespace, "-f", "-");
    ok(manifest, "diff", "-n", namespace, "-f", "-");
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void aSecondApplyFromTheClientChangesNothingEither(String manifest) throws Exception {
    ok(manifest, "apply", "-n", namespace, "-f", "-");
    String second = ok(manifest, "apply", "-n", namespace, "-f", "-");

    assertThat(second.lines()).hasSize(2).allMatch(line -> line.endsWith(" unchanged"));
    ok(manifest, "diff", "-n", namespace, "-f", "-");
  }

  @Test
  void theDefinitionsShowNoDifference() throws Exception {
    for (String name : ApiServer.DEFINITIONS) {
      String definition = ApiServer.definition(name);
      ok(definition, "apply", "--server-side", "--force-conflicts", "-f", "-");
      ok(definition, "diff", "--server-side", "--force-conflicts", "-f", "-");
    }
  }

  @Test
  void anUnknownFieldIsRefusedByKubectl() throws Exception {
    Kubectl.Result result =
        kubectl.run(
            Files.readString(EXAMPLE).replace("  tags:", "  tagz:"),
            "apply",
            "-n",
            namespace,
            "-f",
            "-");

    assertThat(result.exitCode()).isNotZero();
    assertThat(result.output()).contains("unknown field \"spec.tagz\"");
  }

  /// kubectl reads YAML 1.1, where a plain N means false.
  @Test
  void aNumberKeyNeedsQuotes() throws Exception {
    String strings = "attributeName: orderId, attributeType: S";
    String manifest = Files.readString(EXAMPLE);

    ok(
        manifest.replace(strings, "attributeName: orderId, attributeType: \"N\""),
        "apply",
        "-n",
        namespace,
        "-f",
        "-");
    Kubectl.Result plain =
        kubectl.run(
            manifest.replace(strings, "attributeName: orderId, attributeType: N"),
            "apply",
            "-n",
            namespace,
            "-f",
            "-");

    assertThat(plain.output()).contains("Unsupported value: false: supported values");
  }

  @Test
  void onlyTheBillingModeHasADefault() {
    client
        .resource(
            """
            apiVersion: partita.dev/v1alpha1
            kind: DynamoTable
            metadata: { name: orders, namespace: %s }
            spec:
              attributeDefinitions: [ { attributeName: pk, attributeType: S } ]
              keySchema: [ { attributeName: pk, keyType: HASH } ]
              provisionedThroughput: { readCapacityUnits: 5, writeCapacityUnits: 5 }
            """
                .formatted(namespace))
        .create();
    DynamoTable table =
        client.resources(DynamoTable.class).inNamespace(namespace).withName("orders").get();

    assertThat(table.getSpec().billingMode()).isEqualTo(BillingMode.PROVISIONED);
    assertThat(table.getSpec().tableName()).isNull();
    assertThat(table.getSpec().deletionPolicy()).isNull();
    assertThat(table.getSpec().tags()).isNull();
    assertThat(table.getSpec().deletionProtectionEnabled()).isNull();
  }

  /// Server-side apply would make nothing of it if `tags` were a list that it merges.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anEmptyListOfTagsIsNotTheSameAsNone(boolean serverSide) throws Exception {
    String manifest = Files.readString(EXAMPLE);
    String tags = "  tags:\n    - { key: team, value: checkout }\n";
    List<String> found = new ArrayList<>();
    for (String next : List.of(tags, "  tags: []\n", tags, "", "  tags: []\n")) {
      ok(
          manifest.replace(tags, next),
          "apply",
          "--server-side=" + serverSide,
          "-n",
          namespace,
          "-f",
          "-");
      found.add(ok("", "get", "ddbt", "orders", "-n", namespace, "-o", "jsonpath={.spec.tags}"));
    }

    String one = "[{\"key\":\"team\",\"value\":\"checkout\"}]";
    assertThat(found).containsExactly(one, "[]", one, "", "[]");
  }

  @Test
  void anEmptySpecIsEnoughForAClusterAndAKey() {
    StorageCluster cluster = new StorageCluster();
    cluster.setMetadata(
        new ObjectMetaBuilder().withNamespace(namespace).withName("partita").build());
    AccessKey key = new AccessKey();
    key.setMetadata(new ObjectMetaBuilder().withNamespace(namespace).withName("partita").build());

    assertThat(client.resource(cluster).serverSideApply().getSpec())
        .isEqualTo(StorageClusterSpec.EMPTY);
    assertThat(client.resource(key).serverSideApply().getMetadata().getGeneration()).isEqualTo(1);
  }

  @Test
  void theCategoryListsEveryKindWithItsColumns() throws Exception {
    ok(Files.readString(EXAMPLE), "apply", "-n", namespace, "-f", "-");

    assertThat(ok("", "get", "partita", "-n", namespace))
        .contains("dynamotable.partita.dev/orders");
    assertThat(ok("", "get", "ddbt", "-n", namespace).lines().findFirst().orElseThrow())
        .matches("NAME +STATUS +ENDPOINT +PARTITIONS +SIZE +AGE");
    assertThat(
            ok("", "get", "ddbt", "-n", namespace, "-o", "wide").lines().findFirst().orElseThrow())
        .matches("NAME +STATUS +ENDPOINT +PARTITIONS +SIZE +ITEMS +BILLING +READY +AGE");
  }

  private List<String> versions() {
    List<String> versions = new ArrayList<>();
    for (Class<? extends HasMetadata> kind :
        List.of(StorageCluster.class, DynamoTable.class, AccessKey.class)) {
      for (HasMetadata object : client.resources(kind).inNamespace(namespace).list().getItems()) {
        versions.add(
            object.getMetadata().getName() + "@" + object.getMetadata().getResourceVersion());
      }
    }
    return versions;
  }

  private String ok(String input, String... arguments) throws IOException, InterruptedException {
    Kubectl.Result result = kubectl.run(input, arguments);
    assertThat(result.exitCode()).as(result.output()).isZero();
    return result.output();
  }
}
