package dev.partita.e2e.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.e2e.process.PartitaDev;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/// The unmodified AWS SDK for Java v2 against one node, as an application uses it.
class JavaSdkTest {

  @TempDir private static Path scratch;
  private static PartitaDev node;
  private static DynamoDbClient client;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    node = PartitaDev.start(scratch.resolve("data"), scratch.resolve("dev.log"));
    client = client("testsecretkeytestsecretkeytestsecretkey1");
  }

  @AfterAll
  static void end() {
    client.close();
    node.close();
  }

  private static DynamoDbClient client(String secret) {
    return DynamoDbClient.builder()
        .endpointOverride(node.endpoint())
        .region(Region.of(PartitaDev.REGION))
        .httpClient(UrlConnectionHttpClient.create())
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(PartitaDev.CREDENTIALS.accessKeyId(), secret)))
        .build();
  }

  private static AttributeValue s(String v) {
    return AttributeValue.fromS(v);
  }

  private static AttributeValue n(String v) {
    return AttributeValue.fromN(v);
  }

  private static TableDescription createOrders(String name) {
    client.createTable(
        t ->
            t.tableName(name)
                .attributeDefinitions(
                    List.of(
                        AttributeDefinition.builder()
                            .attributeName("customer")
                            .attributeType(ScalarAttributeType.S)
                            .build(),
                        AttributeDefinition.builder()
                            .attributeName("order")
                            .attributeType(ScalarAttributeType.N)
                            .build()))
                .keySchema(
                    List.of(
                        KeySchemaElement.builder()
                            .attributeName("customer")
                            .keyType(KeyType.HASH)
                            .build(),
                        KeySchemaElement.builder()
                            .attributeName("order")
                            .keyType(KeyType.RANGE)
                            .build()))
                .billingMode(BillingMode.PAY_PER_REQUEST));
    return client
        .waiter()
        .waitUntilTableExists(t -> t.tableName(name))
        .matched()
        .response()
        .orElseThrow()
        .table();
  }

  @Test
  void aTableWalksThroughItsWholeLifeAsTheWaitersExpect() {
    TableDescription table = createOrders("life");
    assertThat(table.tableStatus()).isEqualTo(TableStatus.ACTIVE);
    assertThat(table.tableArn()).isEqualTo("arn:aws:dynamodb:local-1:000000000000:table/life");
    assertThat(client.listTables().tableNames()).contains("life");
    assertThatThrownBy(() -> createOrders("life"))
        .isInstanceOf(ResourceInUseException.class)
        .hasMessageContaining("Table already exists: life");

    client.updateTable(t -> t.tableName("life").deletionProtectionEnabled(true));
    assertThatThrownBy(() -> client.deleteTable(t -> t.tableName("life")))
        .isInstanceOf(DynamoDbException.class)
        .hasMessageContaining("protected against deletion");
    client.updateTable(t -> t.tableName("life").deletionProtectionEnabled(false));

    client.deleteTable(t -> t.tableName("life"));
    client.waiter().waitUntilTableNotExists(t -> t.tableName("life"));
    assertThatThrownBy(() -> client.describeTable(t -> t.tableName("life")))
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining("Requested resource not found: Table: life not found");
  }

  @Test
  void itemsOfEveryTypeComeBackAsTheyWent() {
    createOrders("types");
    Map<String, AttributeValue> item =
        Map.ofEntries(
            Map.entry("customer", s("Zoë \uD83D\uDE80")),
            Map.entry("order", n("42")),
            Map.entry("bytes", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {0, -1, 7}))),
            Map.entry("yes", AttributeValue.fromBool(true)),
            Map.entry("nothing", AttributeValue.fromNul(true)),
            Map.entry("number", n("-1234567890.123456789")),
            Map.entry("empty", s("")),
            Map.entry("list", AttributeValue.fromL(List.of(s("a"), n("1")))),
            Map.entry("map", AttributeValue.fromM(Map.of("deep", AttributeValue.fromM(Map.of())))),
            Map.entry("strings", AttributeValue.fromSs(List.of("x"))),
            Map.entry("numbers", AttributeValue.fromNs(List.of("1.5"))),
            Map.entry(
                "binaries",
                AttributeValue.fromBs(List.of(SdkBytes.fromByteArray(new byte[] {1, 2})))));
    client.putItem(p -> p.tableName("types").item(item));
    assertThat(
            client
                .getItem(
                    g ->
                        g.tableName("types")
                            .key(Map.of("customer", s("Zoë \uD83D\uDE80"), "order", n("42.0")))
                            .consistentRead(true))
                .item())
        .isEqualTo(item);
  }

  @Test
  void updatesConditionsAndReturnValuesWorkTogether() {
    createOrders("updates");
    Map<String, AttributeValue> key = Map.of("customer", s("ann"), "order", n("1"));
    assertThat(
            client
                .updateItem(
                    u ->
                        u.tableName("updates")
                            .key(key)
                            .updateExpression("SET #s = :new, cents = :t ADD visits :one")
                            .expressionAttributeNames(Map.of("#s", "status"))
                            .expressionAttributeValues(
                                Map.of(":new", s("open"), ":t", n("10"), ":one", n("1")))
                            .returnValues(ReturnValue.UPDATED_NEW)
                            .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
                .attributes())
        .isEqualTo(Map.of("status", s("open"), "cents", n("10"), "visits", n("1")));

    assertThatThrownBy(
            () ->
                client.updateItem(
                    u ->
                        u.tableName("updates")
                            .key(key)
                            .updateExpression("SET cents = cents + :t")
                            .conditionExpression("cents > :limit")
                            .expressionAttributeValues(Map.of(":t", n("1"), ":limit", n("10")))
                            .returnValuesOnConditionCheckFailure(
                                ReturnValuesOnConditionCheckFailure.ALL_OLD)))
        .isInstanceOfSatisfying(
            ConditionalCheckFailedException.class,
            e -> {
              assertThat(e.awsErrorDetails().errorMessage())
                  .isEqualTo("The conditional request failed");
              assertThat(e.item()).containsEntry("cents", n("10"));
            });

    assertThat(
            client
                .deleteItem(d -> d.tableName("updates").key(key).returnValues(ReturnValue.ALL_OLD))
                .attributes())
        .containsEntry("status", s("open"));
    assertThat(client.getItem(g -> g.tableName("updates").key(key)).hasItem()).isFalse();
  }

  @Test
  void aWrongSecretIsRefused() {
    try (DynamoDbClient stranger = client("wrong")) {
      assertThatThrownBy(stranger::listTables)
          .isInstanceOf(DynamoDbException.class)
          .hasMessageContaining(
              "The request signature we calculated does not match the signature you provided.");
    }
  }
}
