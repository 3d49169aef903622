package dev.partita.server.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What CreateTable says to local secondary indexes. Texts and their order: dynalite's measurements
/// of the service.
class NewLocalIndexesTest {

  private static final String INVALID =
      "ValidationException: One or more parameter values were invalid: ";
  private static final String ALL = "{'ProjectionType':'ALL'}";

  private final Calls calls = new Calls(new MemoryTables());

  /// @param attributes and keys: names divided by blanks
  private String create(String attributes, String keys, String indexes) {
    StringBuilder definitions = new StringBuilder();
    for (String name : attributes.split(" ", -1)) {
      definitions.append(definitions.isEmpty() ? "" : ",");
      definitions.append("{'AttributeName':'" + name + "','AttributeType':'S'}");
    }
    return calls.error(
        "CreateTable",
        "{'TableName':'abc','BillingMode':'PAY_PER_REQUEST','AttributeDefinitions':["
            + definitions
            + "],'KeySchema':"
            + keys(keys)
            + ",'LocalSecondaryIndexes':["
            + indexes
            + "]}");
  }

  private static String keys(String names) {
    String[] parts = names.split(" ", -1);
    String hash = "[{'AttributeName':'" + parts[0] + "','KeyType':'HASH'}";
    return parts.length == 1
        ? hash + "]"
        : hash + ",{'AttributeName':'" + parts[1] + "','KeyType':'RANGE'}]";
  }

  private static String index(String name, String keys, String projection) {
    return "{'IndexName':'"
        + name
        + "','KeySchema':"
        + keys(keys)
        + ",'Projection':"
        + projection
        + "}";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a c   | a   | a c | Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex
          a b   | a b | a c | Some index key attributes are not defined in AttributeDefinitions. Keys: [a, c], AttributeDefinitions: [a, b]
          a b   | a b | b   | Index KeySchema does not have a range key for index: abc
          a b   | a b | b a | Index KeySchema does not have the same leading hash key as table KeySchema for index: abc. index hash key: b, table hash key: a
          a b d | a b | a b | Some AttributeDefinitions are not used. AttributeDefinitions: [a, b, d], keys used: [a, b]
          """)
  void aKeyThatAnIndexCannotHaveIsRefused(
      String attributes, String keys, String indexKeys, String text) {
    assertThat(create(attributes, keys, index("abc", indexKeys, ALL))).isEqualTo(INVALID + text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {} | Unknown ProjectionType: null
          {'NonKeyAttributes':['a']} | Unknown ProjectionType: null
          {'ProjectionType':'ALL','NonKeyAttributes':['a']} | ProjectionType is ALL, but NonKeyAttributes is specified
          {'ProjectionType':'KEYS_ONLY','NonKeyAttributes':['a']} | ProjectionType is KEYS_ONLY, but NonKeyAttributes is specified
          {'ProjectionType':'INCLUDE'} | ProjectionType is INCLUDE, but NonKeyAttributes is not specified
          """)
  void aProjectionThatCannotBeIsRefused(String projection, String text) {
    assertThat(create("a b", "a b", index("abc", "a b", projection))).isEqualTo(INVALID + text);
  }

  @Test
  void theElementsOfAnIndexKeyAreCheckedAsThoseOfATable() {
    String first = index("abc", "a b", ALL).replace("HASH", "RANGE");
    assertThat(create("a b", "a b", first))
        .isEqualTo(
            "ValidationException: Invalid KeySchema: The first KeySchemaElement is not a HASH key"
                + " type");
    assertThat(create("a b", "a b", index("abc", "a b", ALL).replace("RANGE", "HASH")))
        .isEqualTo(
            "ValidationException: Invalid KeySchema: The second KeySchemaElement is not a RANGE"
                + " key type");
    assertThat(create("a b", "a b", index("abc", "a a", ALL)))
        .isEqualTo(
            "ValidationException: Both the Hash Key and the Range Key element in the KeySchema"
                + " have the same name");
  }

  @Test
  void thereAreFiveIndexesAtMostAndTheyHaveNamesOfTheirOwn() {
    StringBuilder five = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      five.append(index("abc" + i, "a b", ALL)).append(",");
    }
    assertThat(create("a b", "a b", five + index("abc5", "a b", ALL)))
        .isEqualTo(INVALID + "Number of LocalSecondaryIndexes exceeds per-table limit of 5");
    assertThat(create("a b", "a b", five + index("abc0", "a b", ALL)))
        .isEqualTo(INVALID + "Duplicate index name: abc0");
    assertThat(create("a b", "a b", ""))
        .isEqualTo(INVALID + "List of LocalSecondaryIndexes is empty");
  }

  @Test
  void whatIsMissingOrTooLongIsToldTogether() {
    assertThat(create("a b", "a b", "{}"))
        .isEqualTo(
            "ValidationException: 3 validation errors detected: Value null at"
                + " 'localSecondaryIndexes.1.member.indexName' failed to satisfy constraint: Member"
                + " must not be null; Value null at 'localSecondaryIndexes.1.member.keySchema'"
                + " failed to satisfy constraint: Member must not be null; Value null at"
                + " 'localSecondaryIndexes.1.member.projection' failed to satisfy constraint:"
                + " Member must not be null");
    assertThat(
            create(
                "a b", "a b", index("h;", "a b", "{'ProjectionType':'abc','NonKeyAttributes':[]}")))
        .isEqualTo(
            "ValidationException: 4 validation errors detected: Value 'h;' at"
                + " 'localSecondaryIndexes.1.member.indexName' failed to satisfy constraint: Member"
                + " must satisfy regular expression pattern: [a-zA-Z0-9_.-]+; Value 'h;' at"
                + " 'localSecondaryIndexes.1.member.indexName' failed to satisfy constraint: Member"
                + " must have length greater than or equal to 3; Value 'abc' at"
                + " 'localSecondaryIndexes.1.member.projection.projectionType' failed to satisfy"
                + " constraint: Member must satisfy enum value set: [ALL, INCLUDE, KEYS_ONLY];"
                + " Value '[]' at 'localSecondaryIndexes.1.member.projection.nonKeyAttributes'"
                + " failed to satisfy constraint: Member must have length greater than or equal"
                + " to 1");
  }

  @Test
  void indexesAreDescribedInTheOrderOfTheRequest() {
    assertThat(
            create(
                "a b c",
                "a b",
                index("zzz", "a c", "{'ProjectionType':'INCLUDE','NonKeyAttributes':['y','x']}")
                    + ","
                    + index("abc", "a b", "{'ProjectionType':'KEYS_ONLY'}")))
        .contains(
            """
            "LocalSecondaryIndexes":[{"IndexName":"zzz",\
            "KeySchema":[{"AttributeName":"a","KeyType":"HASH"},\
            {"AttributeName":"c","KeyType":"RANGE"}],\
            "Projection":{"ProjectionType":"INCLUDE","NonKeyAttributes":["y","x"]},\
            "IndexSizeBytes":0,"ItemCount":0,\
            "IndexArn":"arn:aws:dynamodb:local-1:000000000000:table/abc/index/zzz"},\
            {"IndexName":"abc",\
            "KeySchema":[{"AttributeName":"a","KeyType":"HASH"},\
            {"AttributeName":"b","KeyType":"RANGE"}],\
            "Projection":{"ProjectionType":"KEYS_ONLY"},\
            "IndexSizeBytes":0,"ItemCount":0,\
            "IndexArn":"arn:aws:dynamodb:local-1:000000000000:table/abc/index/abc"}]\
            """);
  }
}
