package dev.partita.server.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.cluster.TableOutcome;
import dev.partita.model.table.TableRecord.TableStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableOperationsTest {

  private static final String KEY =
      "'AttributeDefinitions':[{'AttributeName':'pk','AttributeType':'S'}],"
          + "'KeySchema':[{'AttributeName':'pk','KeyType':'HASH'}]";

  private final MemoryTables tables = new MemoryTables();
  private final Calls calls = new Calls(tables);

  private void create(String name, String more) {
    calls.ok("CreateTable", "{'TableName':'" + name + "'," + KEY + "," + more + "}");
    tables.put(name, TableStatus.ACTIVE);
  }

  private void onDemand(String name) {
    create(name, "'BillingMode':'PAY_PER_REQUEST'");
  }

  private void provisioned(String name) {
    create(name, "'ProvisionedThroughput':{'ReadCapacityUnits':5,'WriteCapacityUnits':6}");
  }

  private String update(String name, String members) {
    return calls.ok("UpdateTable", "{'TableName':'" + name + "'," + members + "}");
  }

  private String updateError(String name, String members) {
    return calls.error("UpdateTable", "{'TableName':'" + name + "'," + members + "}");
  }

  @Test
  void aNewProvisionedTableIsDescribedAsTheServiceDoes() {
    String answer =
        calls.ok(
            "CreateTable",
            """
            {'TableName':'orders',
             'AttributeDefinitions':[{'AttributeName':'pk','AttributeType':'S'},
                                     {'AttributeName':'sk','AttributeType':'N'}],
             'KeySchema':[{'AttributeName':'pk','KeyType':'HASH'},
                          {'AttributeName':'sk','KeyType':'RANGE'}],
             'ProvisionedThroughput':{'ReadCapacityUnits':5,'WriteCapacityUnits':6},
             'DeletionProtectionEnabled':true,
             'Tags':[{'Key':'team','Value':'checkout'}]}
            """);
    assertThat(answer)
        .isEqualTo(
            """
            {"TableDescription":{\
            "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},\
            {"AttributeName":"sk","AttributeType":"N"}],\
            "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},\
            {"AttributeName":"sk","KeyType":"RANGE"}],\
            "TableName":"orders","TableStatus":"CREATING",\
            "ProvisionedThroughput":{"NumberOfDecreasesToday":0,\
            "ReadCapacityUnits":5,"WriteCapacityUnits":6},\
            "TableSizeBytes":0,"ItemCount":0,\
            "TableArn":"arn:aws:dynamodb:local-1:000000000000:table/orders",\
            "TableId":"00000000-0000-0000-0000-000000000001",\
            "DeletionProtectionEnabled":true,\
            "WarmThroughput":{"ReadUnitsPerSecond":5,"WriteUnitsPerSecond":6,"Status":"UPDATING"},\
            "CreationDateTime":1700000000.123}}""");
    assertThat(tables.get("orders").definition().tags()).containsEntry("team", "checkout");
  }

  @Test
  void anOnDemandTableHasNoUnitsButABillingModeSummary() {
    create(
        "clicks",
        "'BillingMode':'PAY_PER_REQUEST','TableClass':'STANDARD_INFREQUENT_ACCESS',"
            + "'OnDemandThroughput':{'MaxWriteRequestUnits':10},"
            + "'WarmThroughput':{'ReadUnitsPerSecond':20000}");
    assertThat(calls.ok("DescribeTable", "{'TableName':'clicks'}"))
        .startsWith("{\"Table\":{\"AttributeDefinitions\":")
        .contains("\"TableStatus\":\"ACTIVE\"")
        .contains(
            "\"ProvisionedThroughput\":{\"NumberOfDecreasesToday\":0,\"ReadCapacityUnits\":0,"
                + "\"WriteCapacityUnits\":0}")
        .contains(
            "\"BillingModeSummary\":{\"BillingMode\":\"PAY_PER_REQUEST\","
                + "\"LastUpdateToPayPerRequestDateTime\":1700000000.123}")
        .contains("\"TableClassSummary\":{\"TableClass\":\"STANDARD_INFREQUENT_ACCESS\"}")
        .contains("\"OnDemandThroughput\":{\"MaxReadRequestUnits\":-1,\"MaxWriteRequestUnits\":10}")
        .contains(
            "\"WarmThroughput\":{\"ReadUnitsPerSecond\":20000,\"WriteUnitsPerSecond\":4000,"
                + "\"Status\":\"ACTIVE\"}")
        .contains("\"TableSizeBytes\":890,\"ItemCount\":7");
  }

  @Test
  void aTableIsFoundByItsArnToo() {
    onDemand("orders");
    assertThat(
            calls.ok(
                "DescribeTable",
                "{'TableName':'arn:aws:dynamodb:local-1:000000000000:table/orders'}"))
        .contains("\"TableName\":\"orders\"");
  }

  @Test
  void aTableThatIsNotThereIsNotFoundByAnyOperation() {
    String expected =
        "ResourceNotFoundException: Requested resource not found: Table: nope not found";
    assertThat(calls.error("DescribeTable", "{'TableName':'nope'}")).isEqualTo(expected);
    assertThat(calls.error("DeleteTable", "{'TableName':'nope'}")).isEqualTo(expected);
    assertThat(updateError("nope", "'BillingMode':'PAY_PER_REQUEST'")).isEqualTo(expected);
  }

  @Test
  void aNameIsTakenOnce() {
    onDemand("orders");
    assertThat(
            calls.error(
                "CreateTable",
                "{'TableName':'orders','BillingMode':'PAY_PER_REQUEST'," + KEY + "}"))
        .isEqualTo("ResourceInUseException: Table already exists: orders");
  }

  @Test
  void namesAreListedInPages() {
    for (String name : new String[] {"ccc", "aaa", "bbb"}) {
      onDemand(name);
    }
    assertThat(calls.ok("ListTables", "{}"))
        .isEqualTo("{\"TableNames\":[\"aaa\",\"bbb\",\"ccc\"]}");
    assertThat(calls.ok("ListTables", "{'Limit':2}"))
        .isEqualTo("{\"TableNames\":[\"aaa\",\"bbb\"],\"LastEvaluatedTableName\":\"bbb\"}");
    assertThat(calls.ok("ListTables", "{'Limit':2,'ExclusiveStartTableName':'bbb'}"))
        .isEqualTo("{\"TableNames\":[\"ccc\"]}");
    assertThat(calls.ok("ListTables", "{'ExclusiveStartTableName':'zzz'}"))
        .isEqualTo("{\"TableNames\":[]}");
    assertThat(calls.error("ListTables", "{'Limit':101,'ExclusiveStartTableName':'a b'}"))
        .isEqualTo(
            "ValidationException: 2 validation errors detected: Value '101' at 'limit' failed to"
                + " satisfy constraint: Member must have value less than or equal to 100; Value"
                + " 'a b' at 'exclusiveStartTableName' failed to satisfy constraint: Member must"
                + " satisfy regular expression pattern: [a-zA-Z0-9_.-]+");
    assertThat(calls.error("ListTables", "{'ExclusiveStartTableName':'a;'}"))
        .isEqualTo(
            "ValidationException: 2 validation errors detected: Value 'a;' at"
                + " 'exclusiveStartTableName' failed to satisfy constraint: Member must satisfy"
                + " regular expression pattern: [a-zA-Z0-9_.-]+; Value 'a;' at"
                + " 'exclusiveStartTableName' failed to satisfy constraint: Member must have"
                + " length greater than or equal to 3");
  }

  @Test
  void aDeletedTableAnswersWithoutItsKeysAndMayBeDeletedAgain() {
    onDemand("orders");
    String first = calls.ok("DeleteTable", "{'TableName':'orders'}");
    assertThat(first).contains("\"TableStatus\":\"DELETING\"").doesNotContain("KeySchema");
    assertThat(calls.ok("DeleteTable", "{'TableName':'orders'}")).isEqualTo(first);
  }

  @Test
  void aProtectedTableIsNotDeleted() {
    create("orders", "'BillingMode':'PAY_PER_REQUEST','DeletionProtectionEnabled':true");
    assertThat(calls.error("DeleteTable", "{'TableName':'orders'}"))
        .isEqualTo(
            "ValidationException: Resource cannot be deleted as it is currently protected against"
                + " deletion. Disable deletion protection first.");
    update("orders", "'DeletionProtectionEnabled':false");
    assertThat(calls.ok("DeleteTable", "{'TableName':'orders'}")).contains("DELETING");
  }

  @Test
  void aTableIsChangedOnlyWhileItIsActive() {
    onDemand("orders");
    tables.put("orders", TableStatus.CREATING);
    assertThat(updateError("orders", "'TableClass':'STANDARD'"))
        .isEqualTo(
            "ResourceInUseException: Attempt to change a resource which is still in use: Table is"
                + " being created: orders");
    assertThat(calls.error("DeleteTable", "{'TableName':'orders'}"))
        .isEqualTo(
            "ResourceInUseException: Attempt to change a resource which is still in use: Table is"
                + " being created: orders");
  }

  @Test
  void capacityIsChangedAndMustChange() {
    provisioned("orders");
    assertThat(
            update(
                "orders", "'ProvisionedThroughput':{'ReadCapacityUnits':7,'WriteCapacityUnits':6}"))
        .contains("\"ReadCapacityUnits\":7");
    assertThat(
            updateError(
                "orders", "'ProvisionedThroughput':{'ReadCapacityUnits':7,'WriteCapacityUnits':6}"))
        .startsWith(
            "ValidationException: The provisioned throughput for the table will not change. The"
                + " requested value equals the current value. Current ReadCapacityUnits"
                + " provisioned for the table: 7. Requested ReadCapacityUnits: 7.");
  }

  @Test
  void theBillingModeIsSwitchedBothWays() {
    provisioned("orders");
    assertThat(update("orders", "'BillingMode':'PAY_PER_REQUEST'"))
        .contains("\"ReadCapacityUnits\":0");
    assertThat(updateError("orders", "'BillingMode':'PROVISIONED'"))
        .contains("must both be specified when BillingMode is PROVISIONED");
    assertThat(
            updateError(
                "orders", "'ProvisionedThroughput':{'ReadCapacityUnits':1,'WriteCapacityUnits':1}"))
        .contains("Neither ReadCapacityUnits nor WriteCapacityUnits");
    assertThat(
            update(
                "orders",
                "'BillingMode':'PROVISIONED','ProvisionedThroughput':{'ReadCapacityUnits':1,'WriteCapacityUnits':2}"))
        .contains("\"WriteCapacityUnits\":2");
  }

  @Test
  void aChangeThatSaysNothingIsRefused() {
    onDemand("orders");
    String nothing =
        "ValidationException: At least one of ProvisionedThroughput, BillingMode,"
            + " UpdateStreamEnabled, GlobalSecondaryIndexUpdates or SSESpecification or"
            + " ReplicaUpdates is required";
    assertThat(calls.error("UpdateTable", "{'TableName':'orders'}")).isEqualTo(nothing);
    assertThat(updateError("orders", "'GlobalSecondaryIndexUpdates':[]")).isEqualTo(nothing);
    assertThat(updateError("orders", "'GlobalSecondaryIndexUpdates':[{'Create':{}}]"))
        .contains("GlobalSecondaryIndexUpdates is not supported by this release of Partita");
  }

  @ParameterizedTest
  @ValueSource(strings = {"replicaUpdates", "globalTableWitnessUpdates"})
  void aListOfReplicasOrWitnessesToChangeHasAtLeastOne(String path) {
    onDemand("orders");
    String member = Character.toUpperCase(path.charAt(0)) + path.substring(1);
    assertThat(updateError("orders", "'BillingMode':'PAY_PER_REQUEST','" + member + "':[]"))
        .isEqualTo(
            "ValidationException: 1 validation error detected: Value '[]' at '"
                + path
                + "' failed to satisfy constraint: Member must have length greater than or equal"
                + " to 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"junk", "standard", ""})
  void aClassThatThereIsNotIsRefusedWithATextOfItsOwn(String name) {
    onDemand("orders");
    String refusal =
        "ValidationException: Invalid table-class parameter provided. Please try again with a"
            + " valid table-class value: [STANDARD, STANDARD_INFREQUENT_ACCESS].";
    String member = "'TableClass':'" + name + "'";
    assertThat(updateError("orders", member)).isEqualTo(refusal);
    assertThat(updateError("nope", member)).isEqualTo(refusal);
    assertThat(
            calls.error(
                "CreateTable",
                "{'TableName':'clicks','BillingMode':'PAY_PER_REQUEST',"
                    + member
                    + ","
                    + KEY
                    + "}"))
        .isEqualTo(refusal);
  }

  @Test
  void anUpdateThatLosesTheRaceIsDecidedAnew() {
    onDemand("orders");
    tables.lostUpdates = 3;
    assertThat(update("orders", "'TableClass':'STANDARD'")).contains("TableClassSummary");
    tables.lostUpdates = 100;
    assertThat(updateError("orders", "'DeletionProtectionEnabled':true"))
        .startsWith("ResourceInUseException");
  }

  @Test
  void whatTheCatalogCannotDoIsToldInErrorsThatClientsKnow() {
    tables.forced = new TableOutcome.LimitExceeded("Subscriber limit exceeded: tables");
    assertThat(
            calls.error(
                "CreateTable",
                "{'TableName':'orders','BillingMode':'PAY_PER_REQUEST'," + KEY + "}"))
        .isEqualTo("LimitExceededException: Subscriber limit exceeded: tables");
    tables.forced = new TableOutcome.Unavailable("no catalog leader");
    assertThat(
            calls.error(
                "CreateTable",
                "{'TableName':'orders','BillingMode':'PAY_PER_REQUEST'," + KEY + "}"))
        .isEqualTo("ServiceUnavailableException: no catalog leader");
  }
}
