package dev.partita.server.item;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Query and Scan of local secondary indexes on a real pod. Texts were seen from DynamoDB Local.
class IndexReadsTest {

  private static final String MINE =
      "'TableName':'indexed','KeyConditionExpression':'a = :a',"
          + "'ExpressionAttributeValues':{':a':{'S':'k'}},";

  private static TestPod pod;

  @BeforeAll
  static void start(@TempDir Path folder) {
    pod = new TestPod(folder);
    pod.create(
        "indexed",
        "'KeySchema':[{'AttributeName':'a','KeyType':'HASH'},"
            + "{'AttributeName':'b','KeyType':'RANGE'}],'BillingMode':'PAY_PER_REQUEST',"
            + "'AttributeDefinitions':[{'AttributeName':'a','AttributeType':'S'},"
            + "{'AttributeName':'b','AttributeType':'N'},"
            + "{'AttributeName':'c','AttributeType':'S'},"
            + "{'AttributeName':'d','AttributeType':'N'}],"
            + "'LocalSecondaryIndexes':["
            + index("whole", "c", "'ProjectionType':'ALL'")
            + ","
            + index("keys", "d", "'ProjectionType':'KEYS_ONLY'")
            + ","
            + index("some", "d", "'ProjectionType':'INCLUDE','NonKeyAttributes':['x']")
            + "]");
  }

  private static String index(String name, String sort, String projection) {
    return "{'IndexName':'"
        + name
        + "','KeySchema':[{'AttributeName':'a','KeyType':'HASH'},{'AttributeName':'"
        + sort
        + "','KeyType':'RANGE'}],'Projection':{"
        + projection
        + "}}";
  }

  @AfterAll
  static void stop() {
    pod.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          'IndexName':'keys','FilterExpression':'attribute_exists(y) AND x <> y' | One or more parameter values were invalid: Secondary index keys does not project one or more filter attributes: [x, y]
          'IndexName':'some','FilterExpression':'attribute_exists(x) AND attribute_exists(b) AND attribute_exists(c)' | One or more parameter values were invalid: Secondary index some does not project one or more filter attributes: [c]
          'IndexName':'whole','FilterExpression':'b = c'                 | Filter Expression can only contain non-primary key attributes: Primary key attribute: c
          'IndexName':'whole','FilterExpression':'c.y = b'               | Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: IndexKey: c
          'IndexName':'keys','Select':'SPECIFIC_ATTRIBUTES'              | Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES
          'IndexName':'whole','ExclusiveStartKey':{'a':{'S':'k'},'b':{'N':'1'}} | The provided starting key is invalid
          'IndexName':'whole','ExclusiveStartKey':{'a':{'S':'k'},'c':{'S':'c'}} | The provided starting key is invalid
          'IndexName':'whole','ExclusiveStartKey':{'a':{'S':'k'},'b':{'N':'1'},'d':{'S':'c'}} | The provided starting key is invalid
          'IndexName':'whole','ExclusiveStartKey':{'a':{'S':'k'},'b':{'N':'1'},'c':{'N':'1'}} | The provided starting key is invalid: The provided key element does not match the schema
          'IndexName':'whole','ExclusiveStartKey':{'a':{'S':'k'},'b':{'N':'1'},'c':{'S':''}} | The provided starting key is invalid: One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty string value. IndexName: whole, IndexKey: c
          'IndexName':'whole','ExclusiveStartKey':{'a':{'S':'l'},'b':{'N':'1'},'c':{'S':'c'}} | The provided starting key is outside query boundaries based on provided conditions
          """)
  void what_does_not_fit_the_index_is_refused(String members, String message) {
    assertThat(pod.refusal("Query", MINE + members)).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          b | {'N':'1'} | Query condition missed key schema element: c
          c | {'N':'1'} | One or more parameter values were invalid: Condition parameter type does not match schema type
          c | {'S':''}  | One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty string value. IndexName: whole, IndexKey: c
          """)
  void conditions_are_of_the_indexs_key(String attribute, String value, String message) {
    assertThat(
            pod.refusal(
                "Query",
                "'TableName':'indexed','IndexName':'whole','KeyConditionExpression':'a = :a AND "
                    + attribute
                    + " = :v','ExpressionAttributeValues':{':a':{'S':'k'},':v':"
                    + value
                    + "}"))
        .isEqualTo(message);
  }
}
