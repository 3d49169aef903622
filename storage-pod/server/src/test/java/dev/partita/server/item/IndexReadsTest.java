package dev.partita.server.item;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
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
    for (int i = 0; i < 4; i++) {
      pod.put(
          "indexed",
          "'a':{'S':'k'},'b':{'N':'"
              + i
              + "'},'c':{'S':'c"
              + (9 - i)
              + "'},'d':{'N':'"
              + i / 2
              + "'},'x':{'S':'x"
              + i
              + "'},'y':{'S':'"
              + "y".repeat(5_000)
              + "'}");
    }
    pod.put("indexed", "'a':{'S':'k'},'b':{'N':'9'}");
    pod.put("indexed", "'a':{'S':'l'},'b':{'N':'9'},'c':{'S':'c'}");
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

  @Test
  void an_index_has_its_own_order_and_only_items_with_its_key() {
    assertThat(query("'IndexName':'whole','ProjectionExpression':'b'"))
        .isEqualTo(
            "{'Items':[{'b':{'N':'3'}},{'b':{'N':'2'}},{'b':{'N':'1'}},{'b':{'N':'0'}}],"
                + "'Count':4,'ScannedCount':4}");
    assertThat(query("'IndexName':'whole','ProjectionExpression':'b','ScanIndexForward':false"))
        .startsWith("{'Items':[{'b':{'N':'0'}},{'b':{'N':'1'}},");
    assertThat(
            pod.ask(
                "Query",
                "'TableName':'indexed','IndexName':'keys',"
                    + "'KeyConditionExpression':'a = :a AND d = :d',"
                    + "'ExpressionAttributeValues':{':a':{'S':'k'},':d':{'N':'1'}}"))
        .isEqualTo(
            "{'Items':[{'a':{'S':'k'},'b':{'N':'2'},'d':{'N':'1'}},"
                + "{'a':{'S':'k'},'b':{'N':'3'},'d':{'N':'1'}}],'Count':2,'ScannedCount':2}");
  }

  @Test
  void a_page_of_an_index_ends_with_all_its_keys() {
    String first = query("'IndexName':'keys','Limit':1");
    assertThat(first).endsWith("'LastEvaluatedKey':{'a':{'S':'k'},'b':{'N':'0'},'d':{'N':'0'}}}");
    assertThat(
            query(
                "'IndexName':'keys','Limit':1,"
                    + "'ExclusiveStartKey':{'d':{'N':'0'},'a':{'S':'k'},'b':{'N':'0'}}"))
        .contains("'b':{'N':'1'}")
        .endsWith("'LastEvaluatedKey':{'a':{'S':'k'},'b':{'N':'1'},'d':{'N':'0'}}}");
    assertThat(pod.ask("Scan", "'TableName':'indexed','IndexName':'whole','Select':'COUNT'"))
        .isEqualTo("{'Count':5,'ScannedCount':5}");
  }

  @Test
  void an_index_gives_what_it_projects() {
    assertThat(query("'IndexName':'some','Limit':1"))
        .startsWith("{'Items':[{'a':{'S':'k'},'b':{'N':'0'},'d':{'N':'0'},'x':{'S':'x0'}}],");
  }

  @Test
  void unprojected_attributes_are_fetched_and_charged() {
    String capacity = ",'Limit':2,'ReturnConsumedCapacity':'INDEXES'";
    assertThat(query("'IndexName':'keys','ProjectionExpression':'x'" + capacity))
        .startsWith("{'Items':[{'x':{'S':'x0'}},{'x':{'S':'x1'}}],")
        .endsWith(
            "'ConsumedCapacity':{'TableName':'indexed','CapacityUnits':2.5,"
                + "'Table':{'CapacityUnits':2.0},"
                + "'LocalSecondaryIndexes':{'keys':{'CapacityUnits':0.5}}}}");
    assertThat(query("'IndexName':'keys','Select':'ALL_ATTRIBUTES'" + capacity))
        .contains("'y':{'S':'yyy", "'CapacityUnits':2.5");
    assertThat(query("'IndexName':'keys','ConsistentRead':true" + capacity))
        .endsWith(
            "'ConsumedCapacity':{'TableName':'indexed','CapacityUnits':1.0,"
                + "'LocalSecondaryIndexes':{'keys':{'CapacityUnits':1.0}}}}");
    assertThat(query("'IndexName':'some','FilterExpression':'attribute_exists(x)'" + capacity))
        .contains("'CapacityUnits':0.5,'Local");
  }

  @Test
  void a_scans_filter_may_ask_for_what_is_not_projected() {
    assertThat(
            pod.ask(
                "Scan",
                "'TableName':'indexed','IndexName':'keys','FilterExpression':'x = :x',"
                    + "'ExpressionAttributeValues':{':x':{'S':'x2'}}"))
        .isEqualTo(
            "{'Items':[{'a':{'S':'k'},'b':{'N':'2'},'d':{'N':'1'}}],'Count':1,'ScannedCount':4}");
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

  private static String query(String members) {
    return pod.ask("Query", MINE + members);
  }
}
