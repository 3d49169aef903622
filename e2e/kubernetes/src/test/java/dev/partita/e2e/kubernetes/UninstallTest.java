package dev.partita.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// "Can I get rid of it without losing data by mistake, and without anything stuck?"
class UninstallTest {

  private static final Duration GONE = Duration.ofMinutes(2);

  @Test
  void aDeletedClusterLeavesItsDataAndTheSameManifestFindsItAgain() throws Exception {
    try (Place place = Place.create(Stage.get(), "retained")) {
      place.apply(Manifests.table("kept", "pk"));
      place.awaitActive("kept", Place.FROM_NOTHING);
      write(place, "kept");
      place.kubectl("delete", "dynamotables,accesskeys,storageclusters", "--all").ok();
      awaitNoPods(place);
      assertThat(claims(place)).as("volume claims").isEqualTo(3);
      place.apply(Manifests.table("kept", "pk"));
      // A table that is there already is taken over when somebody says so, and not by its name
      // alone.
      Await.until(
          "told that the table exists",
          Place.FROM_NOTHING,
          () -> place.says("kept", "Synced", "TableExists"),
          () -> place.findTable("kept"));
      place.kubectl("annotate", "dynamotable", "kept", "partita.dev/adopt=true").ok();
      place.awaitActive("kept", Place.PODS);
      assertRead(place, "kept");
    }
  }

  @Test
  void whatIsToBeDeletedIsDeleted() throws Exception {
    try (Place place = Place.create(Stage.get(), "deleted")) {
      place.apply(Manifests.cluster("partita", "  deletionPolicy: Delete"));
      place.apply(Manifests.accessKey("partita", "  overlap: 1h"));
      place.apply(Manifests.table("gone", "pk") + "  deletionPolicy: Delete\n");
      place.awaitActive("gone", Place.FROM_NOTHING);
      place.kubectl("delete", "dynamotable", "gone").ok();
      Await.until("AccessKey's Secret", GONE, () -> place.hasSecret("partita-credentials"));
      try (Door door = Door.open(place, "partita");
          DynamoDbClient dynamo = door.dynamo()) {
        Await.until(
            "the table is gone", GONE, () -> !dynamo.listTables().tableNames().contains("gone"));
      }
      place.kubectl("delete", "accesskey", "partita").ok();
      Await.until("the Secret is gone", GONE, () -> !place.hasSecret("partita-credentials"));
      place.kubectl("delete", "storagecluster", "partita").ok();
      Await.until("volume claims gone", GONE, () -> claims(place) == 0, () -> claims(place));
    }
  }

  @Test
  void theOperatorMayGoFirst() throws Exception {
    Place place = Place.create(Stage.get(), "orphaned");
    place.apply(Manifests.table("orphan", "pk") + "  deletionPolicy: Delete\n");
    place.awaitActive("orphan", Place.FROM_NOTHING);
    Stage.get().operators().uninstall();
    try {
      place.kubectl("delete", "storageclusters", "--all").ok();
      awaitNoPods(place);
      assertThat(claims(place)).as("volume claims").isEqualTo(3);
      // Its table has a finalizer that no operator answers: the farewell has to have let go of it.
      place.close();
    } finally {
      Stage.get().operators().install();
    }
  }

  @Test
  void theDefinitionsMayGoFirst() throws Exception {
    try (Place place = Place.create(Stage.get(), "undefined")) {
      place.apply(Manifests.table("without", "pk") + "  deletionPolicy: Delete\n");
      place.awaitActive("without", Place.FROM_NOTHING);
      try {
        place
            .kubectl(
                "delete",
                "crd",
                "dynamotables.partita.dev",
                "accesskeys.partita.dev",
                "storageclusters.partita.dev",
                "--timeout=120s")
            .ok();
        awaitNoPods(place);
        assertThat(claims(place)).as("volume claims").isEqualTo(3);
      } finally {
        Stage.get().operators().install();
      }
      place.apply(Manifests.cluster("partita", "  deletionPolicy: Delete"));
      place.awaitReady("partita", Place.FROM_NOTHING);
    }
  }

  @Test
  void theClusterMayGoBeforeItsTables() throws Exception {
    try (Place place = Place.create(Stage.get(), "upside-down")) {
      place.apply(Manifests.table("last", "pk") + "  deletionPolicy: Delete\n");
      place.awaitActive("last", Place.FROM_NOTHING);
      place.kubectl("delete", "storageclusters", "--all").ok();
      awaitNoPods(place);
      assertThat(claims(place)).as("volume claims").isEqualTo(3);
      // The table that brought the default cluster up does not bring it back.
      Await.until(
          "the table to miss it", GONE, () -> place.says("last", "Ready", "ClusterMissing"));
      assertThat(place.findCluster("partita")).isNull();
      place.kubectl("delete", "dynamotables,accesskeys", "--all", "--timeout=60s").ok();
      assertThat(place.findCluster("partita")).isNull();
      assertThat(claims(place)).as("volume claims, without tables and keys").isEqualTo(3);
    }
  }

  private static void awaitNoPods(Place place) throws InterruptedException {
    Await.until("storage pods gone", GONE, () -> place.storagePods("partita").isEmpty());
  }

  private static int claims(Place place) {
    return place
        .client()
        .persistentVolumeClaims()
        .inNamespace(place.namespace())
        .list()
        .getItems()
        .size();
  }

  private static void write(Place place, String table) throws Exception {
    Await.until("AccessKey's Secret", GONE, () -> place.hasSecret("partita-credentials"));
    try (Door door = Door.open(place, "partita");
        DynamoDbClient dynamo = door.dynamo()) {
      dynamo.putItem(
          r ->
              r.tableName(table)
                  .item(
                      java.util.Map.of(
                          "pk", AttributeValue.fromS("a"), "v", AttributeValue.fromN("42"))));
    }
  }

  private static void assertRead(Place place, String table) throws Exception {
    Await.until("AccessKey's Secret", GONE, () -> place.hasSecret("partita-credentials"));
    try (Door door = Door.open(place, "partita");
        DynamoDbClient dynamo = door.dynamo()) {
      assertThat(
              dynamo
                  .getItem(
                      r ->
                          r.tableName(table)
                              .key(java.util.Map.of("pk", AttributeValue.fromS("a")))
                              .consistentRead(true))
                  .item()
                  .get("v"))
          .isEqualTo(AttributeValue.fromN("42"));
    }
  }
}
