package dev.partita.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.crds.DynamoTable;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;

/// "Does it do what the manifest says, and say so when it cannot?"
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManifestTest {

  private static final Duration SOON = Duration.ofSeconds(60);

  private Place place;

  @BeforeAll
  void begin() throws Exception {
    place = Place.create(Stage.get(), "manifests");
    place.apply(Manifests.table("base", "pk"));
    place.awaitActive("base", Place.FROM_NOTHING);
  }

  @AfterAll
  void end() throws Exception {
    place.close();
  }

  @Test
  void anEditedManifestChangesTheTable() throws Exception {
    place.apply(
        Manifests.table("edited", "pk")
            + "  tags: [ { key: team, value: a }, { key: old, value: x } ]\n");
    place.awaitActive("edited", SOON);
    place.apply(
        Manifests.table("edited", "pk")
                .replace(
                    "billingMode: PAY_PER_REQUEST",
                    "billingMode: PROVISIONED\n  provisionedThroughput: { readCapacityUnits: 7, writeCapacityUnits: 5 }\n"
                        + "  deletionProtectionEnabled: true")
            + "  tags: [ { key: team, value: b }, { key: new, value: z } ]\n");
    try (Door door = Door.open(place, "partita");
        DynamoDbClient dynamo = door.dynamo()) {
      Await.until(
          "the table has what the manifest says",
          SOON,
          () -> {
            var table = dynamo.describeTable(r -> r.tableName("edited")).table();
            return table.provisionedThroughput().readCapacityUnits() == 7
                && table.provisionedThroughput().writeCapacityUnits() == 5
                && Boolean.TRUE.equals(table.deletionProtectionEnabled())
                && tags(dynamo, table.tableArn()).equals(Map.of("team", "b", "new", "z"));
          },
          () -> dynamo.describeTable(r -> r.tableName("edited")).table());
      place.kubectl("delete", "dynamotable", "edited").ok();
      assertThat(dynamo.describeTable(r -> r.tableName("edited")).table().tableStatusAsString())
          .as("data is retained")
          .isEqualTo("ACTIVE");
    }
  }

  @Test
  void whatCannotChangeIsRefusedAtTheDoorWithASentence() throws Exception {
    place.apply(Manifests.table("fixed", "pk"));
    Command.Result refused = place.tryApply(Manifests.table("fixed", "other"));
    assertThat(refused.exit()).isNotZero();
    assertThat(refused.output()).contains("keySchema", "cannot");
  }

  @Test
  void tagsThatAreChangedThroughTheApiArePutBack() throws Exception {
    place.apply(Manifests.table("tagged", "pk") + "  tags: [ { key: team, value: a } ]\n");
    place.awaitActive("tagged", SOON);
    awaitCondition("tagged", "Synced", "True", "InSync");
    try (Door door = Door.open(place, "partita");
        DynamoDbClient dynamo = door.dynamo()) {
      String arn = dynamo.describeTable(r -> r.tableName("tagged")).table().tableArn();
      dynamo.tagResource(
          r ->
              r.resourceArn(arn)
                  .tags(
                      Tag.builder().key("team").value("b").build(),
                      Tag.builder().key("more").value("").build()));
      Await.until(
          "the tags are those of the manifest again",
          SOON,
          () -> tags(dynamo, arn).equals(Map.of("team", "a")),
          () -> tags(dynamo, arn));
    }
    Condition drift = awaitCondition("tagged", "DriftDetected", "False", "DriftGone");
    assertThat(drift.getMessage()).contains("tags[team]", "tags[more]");
  }

  private static Map<String, String> tags(DynamoDbClient dynamo, String arn) {
    return dynamo.listTagsOfResource(r -> r.resourceArn(arn)).tags().stream()
        .collect(Collectors.toMap(Tag::key, Tag::value));
  }

  @Test
  void aChangeMadeThroughTheApiIsReported() throws Exception {
    place.apply(
        Manifests.table("drifting", "pk")
            .replace(
                "billingMode: PAY_PER_REQUEST",
                "billingMode: PAY_PER_REQUEST\n  managementPolicy: ObserveOnly"));
    // Nobody made the table yet: that is said, and somebody does it.
    awaitCondition("drifting", "Ready", "False", null);
    try (Door door = Door.open(place, "partita");
        DynamoDbClient dynamo = door.dynamo()) {
      dynamo.createTable(table("drifting"));
      place.awaitActive("drifting", SOON);
      dynamo.updateTable(
          UpdateTableRequest.builder()
              .tableName("drifting")
              .billingMode(BillingMode.PROVISIONED)
              .provisionedThroughput(t -> t.readCapacityUnits(3L).writeCapacityUnits(3L))
              .build());
      Condition drift = awaitCondition("drifting", "DriftDetected", "True", null);
      assertThat(drift.getMessage()).contains("billingMode", "PROVISIONED", "PAY_PER_REQUEST");
    }
  }

  @Test
  void aTableThatExistsAlreadyIsNotTakenOver() throws Exception {
    try (Door door = Door.open(place, "partita");
        DynamoDbClient dynamo = door.dynamo()) {
      dynamo.createTable(table("taken"));
    }
    place.apply(Manifests.table("taken", "pk"));
    Condition refused = awaitCondition("taken", "Synced", "False", "TableExists");
    assertThat(refused.getMessage()).contains("already exists");
  }

  @Test
  void tooFewZonesAreSaidAndNeverSilentlyAccepted() throws Exception {
    place.apply(
        Manifests.cluster(
            "narrow", "  podTemplate:\n    nodeSelector: { topology.kubernetes.io/zone: a }"));
    place.awaitCondition("narrow", "ZonesSpread", "False", "TooFewZones", Place.PODS);
    assertThat(Place.is(place.cluster("narrow").getStatus().conditions(), "Ready", "False"))
        .isTrue();
    place.apply(
        Manifests.cluster(
            "narrow",
            "  topology: SharedZones\n  podTemplate:\n    nodeSelector: { topology.kubernetes.io/zone: a }"));
    place.awaitReady("narrow", Place.FROM_NOTHING.plus(Place.PODS));
    place.awaitCondition("narrow", "ZonesSpread", "False", "SharedZones", SOON);
    place.kubectl("delete", "storagecluster", "narrow").ok();
  }

  @Test
  void aMissingStorageClassIsSaid() throws Exception {
    place.apply(
        Manifests.cluster(
            "homeless",
            "  topology: SingleReplica\n  storage: { storageClassName: no-such-class }"));
    place.awaitCondition("homeless", "Degraded", "True", "StorageClassMissing", SOON);
    place.kubectl("delete", "storagecluster", "homeless").ok();
  }

  @Test
  void aSecretOfTheWrongShapeIsSaid() throws Exception {
    place
        .kubectl("create", "secret", "generic", "my-certificate", "--from-literal=tls.crt=nonsense")
        .ok();
    place.apply(
        Manifests.cluster(
            "miscertified",
            "  topology: SingleReplica\n  endpoint: { tls: { mode: UserManaged, secretName: my-certificate } }"));
    place.awaitCondition("miscertified", "CertificatesReady", "False", null, SOON);
    assertThat(place.cluster("miscertified").getStatus().conditions())
        .filteredOn(c -> c.getType().equals("CertificatesReady"))
        .singleElement()
        .satisfies(c -> assertThat(c.getMessage()).contains("my-certificate", "tls.key"));
    place.kubectl("delete", "storagecluster", "miscertified").ok();
  }

  /// @param reason null for any
  private Condition awaitCondition(
      String table, String type, String status, @Nullable String reason)
      throws InterruptedException {
    Predicate<Condition> wanted =
        c ->
            c.getType().equals(type)
                && c.getStatus().equals(status)
                && (reason == null || reason.equals(c.getReason()));
    Await.until(
        "DynamoTable %s %s=%s %s".formatted(table, type, status, reason),
        SOON,
        () -> conditions(table).stream().anyMatch(wanted),
        () -> conditions(table));
    return conditions(table).stream().filter(wanted).findFirst().orElseThrow();
  }

  private List<Condition> conditions(String table) {
    DynamoTable now = place.findTable(table);
    return now == null || now.getStatus() == null ? List.of() : now.getStatus().conditions();
  }

  private static CreateTableRequest table(String name) {
    return CreateTableRequest.builder()
        .tableName(name)
        .attributeDefinitions(
            List.of(
                AttributeDefinition.builder()
                    .attributeName("pk")
                    .attributeType(ScalarAttributeType.S)
                    .build()))
        .keySchema(
            List.of(KeySchemaElement.builder().attributeName("pk").keyType(KeyType.HASH).build()))
        .billingMode(BillingMode.PAY_PER_REQUEST)
        .build();
  }
}
