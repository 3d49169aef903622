package dev.partita.operator.pods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.crds.StorageCluster;
import dev.partita.crds.StorageClusterSpec;
import dev.partita.operator.Settings;
import dev.partita.operator.cluster.objects.ClusterSecret;
import dev.partita.operator.cluster.objects.Wanted;
import dev.partita.operator.pods.Connections.Found.Known;
import dev.partita.operator.pods.Connections.Found.NotYet;
import dev.partita.testing.apiserver.ApiServer;
import dev.partita.testing.apiserver.ApiServers;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The way to a cluster, by Secrets on a real API server.
class SecretConnectionsTest {

  private static final Settings SETTINGS =
      new Settings("storage:1", Set.of(), false, "partita-system", "operator-1", 0);
  private static final Map<String, String> OWN =
      Map.of(
          "accessKeyId", "PARTITAX",
          "secretAccessKey", "s3cret",
          "tls.crt", "crt",
          "tls.key", "key",
          "ca.crt", "internal ca");

  private final ApiServer server = ApiServers.shared();
  private final String namespace = server.newNamespace("connections");
  private Instant now = Instant.parse("2026-11-22T15:00:00Z");
  private final InstantSource time = () -> now;
  private final SecretConnections connections =
      new SecretConnections(server.client(), SETTINGS, time.withZone(ZoneOffset.UTC));

  private StorageCluster cluster() {
    StorageCluster cluster = new StorageCluster();
    cluster.getMetadata().setNamespace(namespace);
    cluster.getMetadata().setName("orders");
    cluster.setSpec(StorageClusterSpec.EMPTY);
    return server.client().resource(cluster).create();
  }

  private void secret(StorageCluster cluster, String name, Map<String, String> texts) {
    server
        .client()
        .resource(ClusterSecret.of(Wanted.of(cluster, SETTINGS), name, texts, Map.of()))
        .create();
  }

  @Test
  void saysWhatIsMissingAndLooksAgainSoon() {
    StorageCluster cluster = cluster();

    assertThat(connections.find(cluster))
        .isInstanceOfSatisfying(
            NotYet.class, n -> assertThat(n.reason()).isEqualTo("ClusterStarting"));

    secret(cluster, "orders-operator", OWN);
    now = now.plusSeconds(2);
    assertThat(connections.find(cluster))
        .isInstanceOfSatisfying(
            NotYet.class, n -> assertThat(n.reason()).isEqualTo("CertificateMissing"));

    secret(cluster, "orders-tls", Map.of("tls.crt", "x", "ca.crt", "client ca"));
    now = now.plusSeconds(2);
    assertThat(connections.find(cluster))
        .isEqualTo(
            new Known(
                new Connection(
                    URI.create("https://orders." + namespace + ".svc:8000"),
                    "local-1",
                    "PARTITAX",
                    "s3cret",
                    "client ca")));
  }

  @Test
  void theAdminPortsNeedNothingOfTheEndpoint() {
    StorageCluster cluster = cluster();
    secret(cluster, "orders-operator", OWN);

    assertThat(connections.find(cluster)).isInstanceOf(NotYet.class);
    assertThat(connections.admin(cluster))
        .contains(new Connection.ClientIdentity("crt", "key", "internal ca"));
  }

  @Test
  void nothingSecretIsInItsText() {
    Connection connection =
        new Connection(URI.create("https://x:8000"), "local-1", "PARTITAX", "s3cret", null);

    assertThat(connection.toString()).doesNotContain("s3cret");
    assertThat(new Connection.ClientIdentity("crt", "key", "ca").toString()).doesNotContain("key");
  }
}
