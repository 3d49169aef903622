package dev.partita.operator.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.crds.DynamoTable;
import dev.partita.operator.testing.RunningOperator;
import dev.partita.testing.apiserver.ApiServer;
import dev.partita.testing.apiserver.ApiServers;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FarewellOnApiServerTest {

  private static final String OF_OTHERS = "example.com/not-ours";

  private final ApiServer server = ApiServers.shared();
  private final KubernetesClient client = RunningOperator.client(server);
  private final String namespace = server.newNamespace("farewell");
  private final String elsewhere = server.newNamespace("farewell");

  @AfterEach
  void stop() {
    client.close();
  }

  @Test
  void onlyOurFinalizerIsTakenOffAndOnlyWhereWeWere() {
    create(namespace, "held", List.of(OF_OTHERS, Finalizer.NAME));
    create(namespace, "free", List.of());
    create(elsewhere, "held", List.of(Finalizer.NAME));

    assertThat(Farewell.letGo(client, Set.of(namespace))).isEqualTo(1);
    assertThat(finalizers(namespace, "held")).containsExactly(OF_OTHERS);
    assertThat(finalizers(namespace, "free")).isEmpty();
    assertThat(finalizers(elsewhere, "held")).containsExactly(Finalizer.NAME);
    assertThat(Farewell.letGo(client, Set.of(namespace))).as("nothing is left to do").isZero();
  }

  private void create(String where, String name, List<String> finalizers) {
    DynamoTable table = new DynamoTable();
    table.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(where)
            .withName(name)
            .withFinalizers(finalizers)
            .build());
    table.setSpec(new Tables.Manifest().spec());
    client.resource(table).create();
  }

  private List<String> finalizers(String where, String name) {
    return client
        .resources(DynamoTable.class)
        .inNamespace(where)
        .withName(name)
        .get()
        .getFinalizers();
  }
}
