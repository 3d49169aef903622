package dev.partita.server.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What CreateTable says to a table that cannot be. Texts: dynalite's measurements of the service
/// where nothing else is said, DynamoDB Local 3.1.0 otherwise.
class NewTableTest {

  private static final String INVALID =
      "ValidationException: One or more parameter values were invalid: ";

  private final Calls calls = new Calls(new MemoryTables());

  private String create(String members) {
    return calls.error("CreateTable", "{'TableName':'abc'," + members + "}");
  }

  private String onDemand(String members) {
    return create(
        "'BillingMode':'PAY_PER_REQUEST','AttributeDefinitions':[{'AttributeName':'pk','AttributeType':'S'}],"
            + "'KeySchema':[{'AttributeName':'pk','KeyType':'HASH'}],"
            + members);
  }

  private String keys(String definitions, String schema) {
    return create(
        "'BillingMode':'PAY_PER_REQUEST','AttributeDefinitions':["
            + definitions
            + "],'KeySchema':["
            + schema
            + "]");
  }

  private static String attribute(String name) {
    return "{'AttributeName':'" + name + "','AttributeType':'S'}";
  }

  private static String key(String name, String type) {
    return "{'AttributeName':'" + name + "','KeyType':'" + type + "'}";
  }

  @Test
  void everythingThatIsMissingIsTold() {
    assertThat(calls.error("CreateTable", "{}"))
        .isEqualTo(
            "ValidationException: 3 validation errors detected: Value null at"
                + " 'attributeDefinitions' failed to satisfy constraint: Member must not be null;"
                + " Value null at 'tableName' failed to satisfy constraint: Member must not be"
                + " null; Value null at 'keySchema' failed to satisfy constraint: Member must not"
                + " be null");
  }

  @Test
  void writeUnitsAreToldBeforeReadUnits() {
    assertThat(
            create(
                "'AttributeDefinitions':[],'KeySchema':[],"
                    + "'ProvisionedThroughput':{'ReadCapacityUnits':-1,'WriteCapacityUnits':-1}"))
        .isEqualTo(
            "ValidationException: 3 validation errors detected: Value '-1' at"
                + " 'provisionedThroughput.writeCapacityUnits' failed to satisfy constraint: Member"
                + " must have value greater than or equal to 1; Value '-1' at"
                + " 'provisionedThroughput.readCapacityUnits' failed to satisfy constraint: Member"
                + " must have value greater than or equal to 1; Value '[]' at 'keySchema' failed"
                + " to satisfy constraint: Member must have length greater than or equal to 1");
  }

  @Test
  void anAttributeTypeThatNoKeyHasIsNamedWithTheOnesThatExist() {
    assertThat(keys("{'AttributeName':'b','AttributeType':'SS'}", key("b", "HASH")))
        .isEqualTo(
            "ValidationException: 1 validation error detected: Value 'SS' at"
                + " 'attributeDefinitions.1.member.attributeType' failed to satisfy constraint:"
                + " Member must satisfy enum value set: [B, N, S]");
  }

  @Test
  void threeKeyElementsAreTooMany() {
    assertThat(
            keys(
                attribute("a") + "," + attribute("b") + "," + attribute("c"),
                key("a", "HASH") + "," + key("b", "RANGE") + "," + key("c", "RANGE")))
        .startsWith("ValidationException: 1 validation error detected: Value '[")
        .endsWith(
            "]' at 'keySchema' failed to satisfy constraint: Member must have length less than or"
                + " equal to 2");
  }

  @Test
  void keysMustBeDefinedOnceAndInOrder() {
    assertThat(keys(attribute("b"), key("a", "HASH") + "," + key("b", "RANGE")))
        .isEqualTo(
            "ValidationException: Invalid KeySchema: Some index key attribute have no definition");
    assertThat(keys(attribute("b"), key("a", "HASH")))
        .isEqualTo(
            INVALID
                + "Some index key attributes are not defined in AttributeDefinitions. Keys: [a],"
                + " AttributeDefinitions: [b]");
    assertThat(
            keys(attribute("a") + "," + attribute("b"), key("a", "HASH") + "," + key("a", "RANGE")))
        .isEqualTo(
            "ValidationException: Both the Hash Key and the Range Key element in the KeySchema"
                + " have the same name");
    assertThat(keys(attribute("a"), key("a", "RANGE")))
        .isEqualTo(
            "ValidationException: Invalid KeySchema: The first KeySchemaElement is not a HASH key"
                + " type");
    assertThat(
            keys(attribute("a") + "," + attribute("b"), key("a", "HASH") + "," + key("b", "HASH")))
        .isEqualTo(
            "ValidationException: Invalid KeySchema: The second KeySchemaElement is not a RANGE"
                + " key type");
    assertThat(keys(attribute("a") + "," + attribute("b"), key("a", "HASH")))
        .isEqualTo(
            INVALID
                + "Number of attributes in KeySchema does not exactly match number of attributes"
                + " defined in AttributeDefinitions");
    assertThat(keys(attribute("a") + "," + attribute("a"), key("a", "HASH")))
        .isEqualTo("ValidationException: Cannot have two attributes with the same name");
  }

  @Test
  void capacityMustFitTheBillingMode() {
    String key =
        "'AttributeDefinitions':[" + attribute("pk") + "],'KeySchema':[" + key("pk", "HASH") + "],";
    assertThat(create(key + "'TableClass':'STANDARD'"))
        .isEqualTo(
            INVALID
                + "ReadCapacityUnits and WriteCapacityUnits must both be specified when"
                + " BillingMode is PROVISIONED");
    assertThat(onDemand("'ProvisionedThroughput':{'ReadCapacityUnits':1,'WriteCapacityUnits':1}"))
        .isEqualTo(
            INVALID
                + "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when"
                + " BillingMode is PAY_PER_REQUEST");
    assertThat(
            create(
                key
                    + "'ProvisionedThroughput':{'ReadCapacityUnits':1000000000001,'WriteCapacityUnits':1000000000001}"))
        .isEqualTo(
            "ValidationException: Given value 1000000000001 for ReadCapacityUnits is out of"
                + " bounds");
    assertThat(
            create(
                key + "'ProvisionedThroughput':{'ReadCapacityUnits':1,'WriteCapacityUnits':40001}"))
        .isEqualTo(
            "ValidationException: Cannot increase provisioned throughput to more than 40,000 units"
                + " per table");
    assertThat(
            create(
                key
                    + "'ProvisionedThroughput':{'ReadCapacityUnits':1,'WriteCapacityUnits':1},'OnDemandThroughput':{'MaxReadRequestUnits':5}"))
        .isEqualTo(
            INVALID
                + "OnDemandThroughput can only be specified when BillingMode is PAY_PER_REQUEST");
    assertThat(onDemand("'OnDemandThroughput':{'MaxReadRequestUnits':0}"))
        .isEqualTo(
            INVALID
                + "Requested MaxReadRequestUnits for OnDemandThroughput for table is outside of"
                + " valid range");
    assertThat(onDemand("'WarmThroughput':{'ReadUnitsPerSecond':11999}"))
        .isEqualTo(
            INVALID
                + "Requested ReadUnitsPerSecond for WarmThroughput for table is lower than current"
                + " WarmThroughput, decreasing WarmThroughput is not supported");
    assertThat(onDemand("'WarmThroughput':{'WriteUnitsPerSecond':9000000000}"))
        .contains("above the limit of 40,000");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          GlobalSecondaryIndexes | [{'IndexName':'i'}]
          VectorIndexes | [{'IndexName':'i'}]
          StreamSpecification | {'StreamEnabled':true,'StreamViewType':'NEW_IMAGE'}
          SSESpecification | {'Enabled':true}
          ResourcePolicy | '{}'
          GlobalTableSourceArn | 'arn:aws:dynamodb:x:000000000000:table/y'
          GlobalTableSettingsReplicationMode | 'ENABLED'
          """)
  void whatIsNotBuiltIsRefusedByName(String member, String value) {
    assertThat(onDemand("'" + member + "':" + value))
        .isEqualTo(INVALID + member + " is not supported by this release of Partita");
  }

  @Test
  void formsThatSwitchAFeatureOffAreFine() {
    assertThat(
            onDemand(
                "'StreamSpecification':{'StreamEnabled':false},'SSESpecification':{'Enabled':false},"
                    + "'Tags':[],'VectorIndexes':[],'GlobalSecondaryIndexes':null"))
        .startsWith("no error but {\"TableDescription\":");
  }

  @Test
  void anEmptyListOfIndexesIsAnError() {
    assertThat(onDemand("'GlobalSecondaryIndexes':[]"))
        .isEqualTo(INVALID + "List of GlobalSecondaryIndexes is empty");
    assertThat(onDemand("'LocalSecondaryIndexes':[]"))
        .isEqualTo(INVALID + "List of LocalSecondaryIndexes is empty");
  }

  @Test
  void tagsAreBoundedAndUnique() {
    assertThat(onDemand("'Tags':[{'Key':'a','Value':'1'},{'Key':'a','Value':'2'}]"))
        .isEqualTo(
            "ValidationException: Duplicate Tag Keys provided as input: Duplicate Tag Key found a");
    assertThat(onDemand("'Tags':[{'Key':'aws:a','Value':'1'}]"))
        .isEqualTo("ValidationException: Tag Key cannot be prefixed with aws:, Key: aws:a");
    assertThat(onDemand("'Tags':[{'Key':'','Value':'1'}]"))
        .isEqualTo("ValidationException: The Tag Key provided is invalid, Key: ");
  }
}
