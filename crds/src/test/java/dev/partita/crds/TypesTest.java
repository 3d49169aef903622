package dev.partita.crds;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.crds.DynamoTableSpec.BillingMode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The types as the Kubernetes client reads and writes them.
class TypesTest {

  private final KubernetesSerialization serialization = new KubernetesSerialization();

  @Test
  void anEmptyClusterHasASpecAndNoStatus() {
    StorageCluster cluster = new StorageCluster();

    assertThat(cluster.getSpec()).isEqualTo(StorageClusterSpec.EMPTY);
    assertThat(cluster.getStatus()).isNull();
    assertThat(serialization.asJson(cluster)).contains("\"spec\":{}").doesNotContain("status");
  }

  @Test
  void aClusterComesBackAsItWent() {
    StorageCluster cluster =
        serialization.unmarshal(
            """
            apiVersion: partita.dev/v1alpha1
            kind: StorageCluster
            metadata: { name: main }
            spec:
              topology: SharedZones
              storage: { size: 30Gi }
              resources: { limits: { memory: 2Gi } }
              endpoint:
                serviceType: NodePort
                tls: { mode: UserManaged, secretName: mine, additionalDNSNames: [ a.example ] }
              networkPolicy: { from: [ { podSelector: { matchLabels: { app: shop } } } ] }
            """,
            StorageCluster.class);

    assertThat(cluster.getSpec().topology()).isEqualTo(Topology.SHARED_ZONES);
    Tls tls = requireNonNull(requireNonNull(cluster.getSpec().endpoint()).tls());
    assertThat(tls.mode()).isEqualTo(Tls.TlsMode.USER_MANAGED);
    assertThat(tls.additionalDnsNames()).containsExactly("a.example");
    assertThat(serialization.clone(cluster)).isEqualTo(cluster);
    assertThat(serialization.asYaml(cluster))
        .contains("topology: \"SharedZones\"")
        .contains("30Gi");
  }

  @Test
  void aTableTellsNoTagsFromUnmanagedTags() {
    String table =
        """
        apiVersion: partita.dev/v1alpha1
        kind: DynamoTable
        metadata: { name: orders }
        spec:
          attributeDefinitions: [ { attributeName: pk, attributeType: S } ]
          keySchema: [ { attributeName: pk, keyType: HASH } ]
          billingMode: PAY_PER_REQUEST
        """;
    DynamoTable without = serialization.unmarshal(table, DynamoTable.class);
    DynamoTable with = serialization.unmarshal(table + "  tags: []\n", DynamoTable.class);

    assertThat(without.getSpec().billingMode()).isEqualTo(BillingMode.PAY_PER_REQUEST);
    assertThat(without.getSpec().tags()).isNull();
    assertThat(serialization.clone(with).getSpec().tags()).isEqualTo(List.of());
  }

  @Test
  void aFieldOfANewerReleaseDoesNoHarm() {
    AccessKey key =
        serialization.unmarshal(
            """
            apiVersion: partita.dev/v1alpha1
            kind: AccessKey
            metadata: { name: shop }
            spec: { rotateAfter: 720h, somethingNew: { a: 1 } }
            status: { currentKeyId: K, somethingNew: 1 }
            """,
            AccessKey.class);

    assertThat(key.getSpec().rotateAfter()).isEqualTo("720h");
    assertThat(key.getStatus().currentKeyId()).isEqualTo("K");
  }
}
