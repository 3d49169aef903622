package dev.partita.operator.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.crds.AccessKey;
import dev.partita.crds.DeletionPolicy;
import dev.partita.crds.DynamoTable;
import dev.partita.crds.DynamoTableSpec.Tag;
import dev.partita.crds.StorageCluster;
import dev.partita.crds.StorageClusterSpec;
import dev.partita.crds.StorageClusterStatus;
import dev.partita.operator.kube.Conditions;
import dev.partita.operator.testing.Eventually;
import dev.partita.operator.testing.RunningOperator;
import dev.partita.testing.apiserver.ApiServer;
import dev.partita.testing.apiserver.ApiServers;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The reconciler with a real API server, and tables in memory.
class TablesOnApiServerTest {

  private final ApiServer server = ApiServers.shared();
  private final KubernetesClient client = RunningOperator.client(server);
  private final String namespace = server.newNamespace("tables");
  private final FakeTables tables = new FakeTables();
  private final RunningOperator operator =
      new RunningOperator(
          server,
          namespace,
          new RunningOperator.NoPods(),
          (josdk, parts) -> TableReconciler.register(josdk, parts, tables));

  @AfterEach
  void stop() {
    operator.close();
    client.close();
  }

  private void cluster(String name) {
    StorageCluster cluster = new StorageCluster();
    cluster.setMetadata(new ObjectMetaBuilder().withNamespace(namespace).withName(name).build());
    cluster.setSpec(StorageClusterSpec.EMPTY);
    client.resource(cluster).create();
  }

  private DynamoTable manifest(Tables.Manifest manifest) {
    DynamoTable table = new DynamoTable();
    table.setMetadata(
        new ObjectMetaBuilder().withNamespace(namespace).withName(manifest.name).build());
    table.setSpec(manifest.spec());
    return table;
  }

  private DynamoTable apply(Tables.Manifest manifest) {
    return client.resource(manifest(manifest)).fieldManager("user").serverSideApply();
  }

  private @Nullable DynamoTable get(String name) {
    return client.resources(DynamoTable.class).inNamespace(namespace).withName(name).get();
  }

  private DynamoTable await(String name, String type, String reason) {
    return Eventually.gives(
        name + " has " + type + " " + reason,
        () -> {
          DynamoTable table = get(name);
          return table != null
                  && table.getStatus() != null
                  && Conditions.find(table.getStatus().conditions(), type)
                      .filter(c -> reason.equals(c.getReason()))
                      .isPresent()
              ? table
              : null;
        });
  }

  @Test
  void aManifestBecomesATableAndAStatus() {
    cluster("main");
    apply(new Tables.Manifest());
    DynamoTable table = await("orders", "Synced", "InSync");
    assertThat(table.getStatus().tableStatus()).isEqualTo("ACTIVE");
    assertThat(table.getStatus().tableId()).isEqualTo("id-1");
    assertThat(table.getStatus().endpoint()).isEqualTo("https://main.test.svc:8000");
    assertThat(table.getFinalizers()).isEmpty();
    assertThat(table.getMetadata().getManagedFields())
        .filteredOn(entry -> !"user".equals(entry.getManager()))
        .describedAs("the operator never writes the spec")
        .isNotEmpty()
        .extracting(ManagedFieldsEntry::getSubresource)
        .containsOnly("status");
    Eventually.holds(
        "events tell of it",
        () ->
            events("orders").containsAll(List.of("Creating", "Active"))
                && events("orders").size() == 2);
  }

  private List<String> events(String name) {
    return client.events().v1().events().inNamespace(namespace).list().getItems().stream()
        .filter(event -> event.getRegarding().getName().equals(name))
        .map(event -> event.getReason())
        .toList();
  }

  @Test
  void aSecondReconcileWritesNothing() {
    cluster("main");
    apply(new Tables.Manifest());
    await("orders", "Synced", "InSync");
    String version = version();
    for (int time = 1; time <= 3; time++) {
      int looks = tables.looks();
      wake("https://somewhere-" + time);
      Eventually.holds("the table is looked at again", () -> tables.looks() > looks);
    }
    // The last look is over once a change that needs another one is carried out.
    Tables.Manifest second = new Tables.Manifest();
    second.name = "second";
    apply(second);
    await("second", "Synced", "InSync");
    assertThat(version()).isEqualTo(version);
  }

  private String version() {
    return Objects.requireNonNull(get("orders")).getMetadata().getResourceVersion();
  }

  /// The cluster changes in a way that its tables have to look at.
  private void wake(String endpoint) {
    StorageCluster cluster =
        client.resources(StorageCluster.class).inNamespace(namespace).withName("main").get();
    cluster.setStatus(
        new StorageClusterStatus(null, endpoint, null, null, null, List.of(), List.of()));
    client.resource(cluster).updateStatus();
  }

  @Test
  void aTableWithoutClusterMakesTheDefaultClusterAndItsKey() {
    Tables.Manifest orders = new Tables.Manifest();
    orders.cluster = null;
    apply(orders);
    await("orders", "Synced", "InSync");
    assertThat(client.resources(StorageCluster.class).inNamespace(namespace).list().getItems())
        .singleElement()
        .satisfies(cluster -> assertThat(cluster.getMetadata().getName()).isEqualTo("partita"));
    assertThat(client.resources(AccessKey.class).inNamespace(namespace).list().getItems())
        .singleElement()
        .satisfies(key -> assertThat(key.getMetadata().getName()).isEqualTo("partita"));
  }

  @Test
  void aTableAppearsWhenItsClusterDoes() {
    apply(new Tables.Manifest());
    await("orders", "Ready", "ClusterMissing");
    cluster("main");
    await("orders", "Synced", "InSync");
  }

  @Test
  void anAnnotationTakesATableOver() {
    tables.put(Tables.state().provisioned(1, 1).get());
    cluster("main");
    apply(new Tables.Manifest());
    DynamoTable refused = await("orders", "Synced", "TableExists");
    client
        .resource(refused)
        .edit(
            table -> {
              table.getMetadata().setAnnotations(Map.of("partita.dev/adopt", "true"));
              return table;
            });
    await("orders", "Synced", "InSync");
    assertThat(Objects.requireNonNull(tables.get("orders")).billingMode())
        .isEqualTo("PAY_PER_REQUEST");
  }

  @Test
  void aDeletionDeletesTheTableFirst() {
    cluster("main");
    Tables.Manifest orders = new Tables.Manifest();
    orders.deletionPolicy = DeletionPolicy.DELETE;
    apply(orders);
    await("orders", "Synced", "InSync");
    client.resource(manifest(orders)).delete();
    Eventually.holds("the resource is gone", () -> get("orders") == null);
    assertThat(tables.get("orders")).isNull();
  }

  @Test
  void aProtectedTableHoldsTheDeletionUntilTheManifestLetsGo() {
    cluster("main");
    Tables.Manifest orders = new Tables.Manifest();
    orders.deletionPolicy = DeletionPolicy.DELETE;
    orders.protection = true;
    apply(orders);
    await("orders", "Synced", "InSync");
    client.resource(manifest(orders)).delete();
    await("orders", "DeletionBlocked", "DeletionProtection");
    orders.protection = false;
    apply(orders);
    Eventually.holds("the resource is gone", () -> get("orders") == null);
    assertThat(tables.get("orders")).isNull();
  }

  @Test
  void aDeletionDoesNotWaitForAClusterThatIsGone() {
    cluster("main");
    Tables.Manifest orders = new Tables.Manifest();
    orders.deletionPolicy = DeletionPolicy.DELETE;
    apply(orders);
    await("orders", "Synced", "InSync");
    client.resources(StorageCluster.class).inNamespace(namespace).withName("main").delete();
    await("orders", "Ready", "ClusterMissing");
    client.resource(manifest(orders)).delete();
    Eventually.holds("the resource is gone", () -> get("orders") == null);
  }

  @Test
  void aClusterThatIsGoneIsForgottenWhoeverStillNamesIt() {
    cluster("main");
    apply(new Tables.Manifest());
    await("orders", "Synced", "InSync");
    client.resource(manifest(new Tables.Manifest())).delete();
    Eventually.holds("the resource is gone", () -> get("orders") == null);
    client.resources(StorageCluster.class).inNamespace(namespace).withName("main").delete();
    Eventually.holds(
        "its client is closed", () -> tables.forgotten().equals(List.of(namespace + "/main")));
  }

  @Test
  void aResourceThatIsMadeAnewAtOnceIsLookedAfter() {
    cluster("main");
    Tables.Manifest orders = new Tables.Manifest();
    for (int time = 0; time < 5; time++) {
      apply(orders);
      await("orders", "Ready", time == 0 ? "Active" : "TableExists");
      client.resource(manifest(orders)).delete();
    }
  }

  /// An empty list gets through the API server as such: it is not the same as none.
  @Test
  void tagsFollowTheManifestDownToNone() {
    cluster("main");
    Tables.Manifest orders = new Tables.Manifest();
    orders.tags = List.of(new Tag("team", "a"), new Tag("old", ""));
    apply(orders);
    await("orders", "Synced", "InSync");
    orders.tags = List.of(new Tag("team", "b"));
    apply(orders);
    Eventually.holds("its tags are others", () -> tags("orders").equals(Map.of("team", "b")));
    orders.tags = List.of();
    apply(orders);
    Eventually.holds("it has no tags", () -> tags("orders").isEmpty());
  }

  private Map<String, String> tags(String table) {
    return Objects.requireNonNull(Objects.requireNonNull(tables.get(table)).tags());
  }

  @Test
  void anEditedManifestChangesTheTable() {
    cluster("main");
    Tables.Manifest orders = new Tables.Manifest();
    apply(orders);
    await("orders", "Synced", "InSync");
    orders.protection = true;
    apply(orders);
    Eventually.holds(
        "the table is protected",
        () -> Objects.requireNonNull(tables.get("orders")).deletionProtection());
    Eventually.holds(
        "the status speaks of the new manifest",
        () ->
            Objects.equals(
                Objects.requireNonNull(get("orders")).getStatus().observedGeneration(), 2L));
  }
}
