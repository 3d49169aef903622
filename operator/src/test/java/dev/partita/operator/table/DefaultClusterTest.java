package dev.partita.operator.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.crds.AccessKey;
import dev.partita.crds.DynamoTable;
import dev.partita.crds.StorageCluster;
import dev.partita.operator.testing.RunningOperator;
import dev.partita.testing.apiserver.ApiServer;
import dev.partita.testing.apiserver.ApiServers;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DefaultClusterTest {

  private final ApiServer server = ApiServers.shared();
  private final KubernetesClient client = RunningOperator.client(server);
  private final String namespace = server.newNamespace("default-cluster");
  private final DefaultCluster made = new DefaultCluster(client);

  @AfterEach
  void stop() {
    client.close();
  }

  @Test
  void itIsMadeForOneTable() {
    assertThat(made.makeFor(table("orders"))).isTrue();
    assertThat(made.makeFor(table("carts"))).isFalse();
    assertThat(client.resources(StorageCluster.class).inNamespace(namespace).list().getItems())
        .singleElement()
        .satisfies(c -> assertThat(c.getMetadata().getName()).isEqualTo("partita"));
    assertThat(client.resources(AccessKey.class).inNamespace(namespace).list().getItems())
        .hasSize(1);
  }

  @Test
  void aRequestThatIsSentAgainBecauseItsAnswerWasLostStillCounts() {
    assertThat(made.makeFor(table("orders"))).isTrue();
    assertThat(made.makeFor(table("orders"))).isTrue();
  }

  @Test
  void whatSomebodyElseMadeIsTheirs() {
    StorageCluster theirs = new StorageCluster();
    theirs.setMetadata(
        new ObjectMetaBuilder().withNamespace(namespace).withName("partita").build());
    client.resource(theirs).create();
    assertThat(made.makeFor(table("orders"))).isFalse();
  }

  private DynamoTable table(String name) {
    DynamoTable table = new DynamoTable();
    table.setMetadata(new ObjectMetaBuilder().withNamespace(namespace).withName(name).build());
    return table;
  }
}
