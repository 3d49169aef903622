package dev.partita.server.item;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Query on a real pod. Texts were seen from DynamoDB Local and from recordings of the service.
class QueryTest {

  private static final String MINE =
      "'TableName':'ranged','KeyConditionExpression':'a = :a',"
          + "'ExpressionAttributeValues':{':a':{'S':'k'}}";
  private static final Pattern LAST = Pattern.compile("'LastEvaluatedKey':(\\{.*?\\}\\})");
  private static final Pattern SORT = Pattern.compile("'b':\\{'[SN]':'([^']*)'\\}");

  private static TestPod pod;

  @BeforeAll
  static void start(@TempDir Path folder) {
    pod = new TestPod(folder);
    String keys =
        "'KeySchema':[{'AttributeName':'a','KeyType':'HASH'},"
            + "{'AttributeName':'b','KeyType':'RANGE'}],'BillingMode':'PAY_PER_REQUEST',";
    pod.create("ranged", keys + attributes("N"));
    pod.create("texts", keys + attributes("S"));
    pod.create(
        "hashed",
        "'KeySchema':[{'AttributeName':'a','KeyType':'HASH'}],'BillingMode':'PAY_PER_REQUEST',"
            + "'AttributeDefinitions':[{'AttributeName':'a','AttributeType':'S'}]");
    for (int i = 0; i < 6; i++) {
      pod.put("ranged", "'a':{'S':'k'},'b':{'N':'" + i + "'},'x':{'S':'x" + i + "'},'y':{'N':'1'}");
    }
    pod.put("ranged", "'a':{'S':'other'},'b':{'N':'3'}");
    for (String sort : new String[] {"a", "ab", "abc", "b", "\u00e9", "\ud83d\ude00"}) {
      pod.put("texts", "'a':{'S':'k'},'b':{'S':'" + sort + "'}");
    }
    pod.put("hashed", "'a':{'S':'k'},'x':{'S':'y'}");
  }

  private static String attributes(String sortType) {
    return "'AttributeDefinitions':[{'AttributeName':'a','AttributeType':'S'},"
        + "{'AttributeName':'b','AttributeType':'"
        + sortType
        + "'}]";
  }

  @AfterAll
  static void stop() {
    pod.close();
  }

  @Test
  void a_query_gives_a_partition_keys_items_in_the_order_of_the_sort_key() {
    assertThat(sorts(query(MINE))).containsExactly("0", "1", "2", "3", "4", "5");
    assertThat(sorts(query(MINE + ",'ScanIndexForward':false")))
        .containsExactly("5", "4", "3", "2", "1", "0");
    assertThat(query("'TableName':'hashed'," + condition("a = :a", "'k'", null)))
        .isEqualTo("{'Items':[{'a':{'S':'k'},'x':{'S':'y'}}],'Count':1,'ScannedCount':1}");
    assertThat(query("'TableName':'hashed'," + condition("a = :a", "'none'", null)))
        .isEqualTo("{'Items':[],'Count':0,'ScannedCount':0}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a = :a AND b = :b                    | 2
          a = :a AND b < :b                    | 0 1
          a = :a AND :b >= b                   | 0 1 2
          a = :a AND b > :b                    | 3 4 5
          b >= :b AND a = :a                   | 2 3 4 5
          a = :a AND (b BETWEEN :b AND :c)     | 2 3 4
          """)
  void sort_key_conditions_narrow_it(String expression, String expected) {
    String values =
        "{':a':{'S':'k'},':b':{'N':'2'}"
            + (expression.contains(":c") ? ",':c':{'N':'4'}" : "")
            + "}";
    String request =
        "'TableName':'ranged','KeyConditionExpression':'"
            + expression
            + "','ExpressionAttributeValues':"
            + values;
    assertThat(String.join(" ", sorts(query(request)))).isEqualTo(expected);
    List<String> backwards = sorts(query(request + ",'ScanIndexForward':false"));
    Collections.reverse(backwards);
    assertThat(String.join(" ", backwards)).isEqualTo(expected);
  }

  @Test
  void prefixes_and_texts_order_by_their_bytes() {
    String texts = "'TableName':'texts',";
    assertThat(sorts(query(texts + condition("a = :a", "'k'", null))))
        .containsExactly("a", "ab", "abc", "b", "\u00e9", "\ud83d\ude00");
    assertThat(sorts(query(texts + condition("a = :a AND begins_with(b, :b)", "'k'", "'ab'"))))
        .containsExactly("ab", "abc");
    assertThat(sorts(query(texts + condition("a = :a AND b > :b", "'k'", "'ab'"))))
        .containsExactly("abc", "b", "\u00e9", "\ud83d\ude00");
  }

  @Test
  void key_conditions_of_old_mean_the_same() {
    String older =
        "'TableName':'ranged','KeyConditions':{'b':{'ComparisonOperator':'BETWEEN',"
            + "'AttributeValueList':[{'N':'1'},{'N':'3'}]},'a':{'ComparisonOperator':'EQ',"
            + "'AttributeValueList':[{'S':'k'}]}}";
    assertThat(sorts(query(older))).containsExactly("1", "2", "3");
    assertThat(query(older + ",'AttributesToGet':['x','b']"))
        .startsWith("{'Items':[{'x':{'S':'x1'},'b':{'N':'1'}},");
    assertThat(
            query(
                older
                    + ",'QueryFilter':{'x':{'ComparisonOperator':'NE','AttributeValueList':"
                    + "[{'S':'x2'}]},'y':{'ComparisonOperator':'NULL'}},'ConditionalOperator':'OR'"))
        .contains("'x1'", "'x3'", "'Count':2,'ScannedCount':3")
        .doesNotContain("'x2'");
    assertThat(query(older + ",'FilterExpression':'attribute_exists(zz)'"))
        .isEqualTo("{'Items':[],'Count':0,'ScannedCount':3}");
  }

  @Test
  void a_limit_cuts_the_walk_into_pages() {
    List<String> walked = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    String start = "";
    do {
      String page = query(MINE + ",'Limit':4" + start);
      walked.addAll(sorts(page.replaceAll("'LastEvaluatedKey'.*", "")));
      sizes.add(walked.size());
      Matcher last = LAST.matcher(page);
      start = last.find() ? ",'ExclusiveStartKey':" + last.group(1) : null;
    } while (start != null);
    assertThat(walked).containsExactly("0", "1", "2", "3", "4", "5");
    assertThat(sizes).containsExactly(4, 6);
  }

  @Test
  void a_page_that_the_limit_ends_says_where_even_if_nothing_follows() {
    assertThat(query(MINE + ",'Limit':6"))
        .endsWith("'LastEvaluatedKey':{'a':{'S':'k'},'b':{'N':'5'}}}");
    assertThat(query(MINE + ",'ExclusiveStartKey':{'a':{'S':'k'},'b':{'N':'5'}}"))
        .isEqualTo("{'Items':[],'Count':0,'ScannedCount':0}");
    assertThat(query(MINE + ",'Limit':7")).doesNotContain("LastEvaluatedKey");
  }

  @Test
  void a_start_key_need_not_exist() {
    assertThat(
            sorts(
                query(
                    MINE
                        + ",'ScanIndexForward':false,"
                        + "'ExclusiveStartKey':{'a':{'S':'k'},'b':{'N':'2.5'}}")))
        .containsExactly("2", "1", "0");
  }

  @Test
  void the_limit_counts_before_the_filter() {
    String filter =
        "'TableName':'ranged','KeyConditionExpression':'a = :a','FilterExpression':'x = :x',"
            + "'ExpressionAttributeValues':{':a':{'S':'k'},':x':{'S':'x4'}}";
    assertThat(query(filter + ",'Limit':4"))
        .isEqualTo(
            "{'Items':[],'Count':0,'ScannedCount':4,"
                + "'LastEvaluatedKey':{'a':{'S':'k'},'b':{'N':'3'}}}");
    assertThat(query(filter + ",'Select':'COUNT'")).isEqualTo("{'Count':1,'ScannedCount':6}");
  }

  @Test
  void a_page_ends_behind_the_item_that_crosses_a_megabyte() {
    String filling = "x".repeat(300_000);
    for (int i = 0; i < 6; i++) {
      pod.put("ranged", "'a':{'S':'large'},'b':{'N':'" + i + "'},'f':{'S':'" + filling + "'}");
    }
    String large =
        "'TableName':'ranged',"
            + condition("a = :a", "'large'", null)
            + ",'ProjectionExpression':'b','ReturnConsumedCapacity':'TOTAL'";
    assertThat(query(large))
        .endsWith(
            "'Count':4,'ScannedCount':4,'LastEvaluatedKey':{'a':{'S':'large'},'b':{'N':'3'}},"
                + "'ConsumedCapacity':{'TableName':'ranged','CapacityUnits':146.5}}");
    assertThat(query(large + ",'ExclusiveStartKey':{'a':{'S':'large'},'b':{'N':'3'}}"))
        .contains("'Count':2,'ScannedCount':2,'Consumed");
  }

  @Test
  void capacity_is_of_all_that_was_read_in_one_rounding() {
    assertThat(query(MINE + ",'ReturnConsumedCapacity':'TOTAL','Select':'COUNT'"))
        .endsWith("'ConsumedCapacity':{'TableName':'ranged','CapacityUnits':0.5}}");
    assertThat(
            query(
                MINE
                    + ",'ReturnConsumedCapacity':'INDEXES','Select':'COUNT',"
                    + "'ConsistentRead':true"))
        .endsWith(
            "'ConsumedCapacity':{'TableName':'ranged','CapacityUnits':1.0,"
                + "'Table':{'CapacityUnits':1.0}}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          'Select':'COUNT','ProjectionExpression':'x'                    | Cannot specify the ProjectionExpression when choosing to get only the Count
          'Select':'ALL_ATTRIBUTES','ProjectionExpression':'x'           | Cannot specify the ProjectionExpression when choosing to get ALL_ATTRIBUTES
          'Select':'ALL_PROJECTED_ATTRIBUTES','ProjectionExpression':'x' | Cannot specify the ProjectionExpression when choosing to get ALL_PROJECTED_ATTRIBUTES
          'Select':'ALL_PROJECTED_ATTRIBUTES'                            | ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName
          'Select':'SPECIFIC_ATTRIBUTES'                                 | Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES
          'Select':'SPECIFIC_ATTRIBUTES','FilterExpression':'b = :a'     | Filter Expression can only contain non-primary key attributes: Primary key attribute: b
          'FilterExpression':'size(b) = :a AND a = :a'                   | Filter Expression can only contain non-primary key attributes: Primary key attribute: a
          'FilterExpression':'b.x = :a'                                  | Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: Key: b
          'ProjectionExpression':'x, b[0]'                               | Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: Key: b
          'FilterExpression':'x =','ProjectionExpression':'y,'           | Invalid FilterExpression: Syntax error; token: "<EOF>", near: "="
          'ProjectionExpression':'y,'                                    | Invalid ProjectionExpression: Syntax error; token: "<EOF>", near: ","
          'IndexName':'nope'                                             | The table does not have the specified index: nope
          'ExclusiveStartKey':{'a':{'S':'k'}}                            | The provided starting key is invalid
          'ExclusiveStartKey':{'a':{'S':'k'},'c':{'N':'1'}}              | The provided starting key is invalid
          'ExclusiveStartKey':{'a':{'S':'k'},'b':{'N':'1'},'c':{'S':'c'}} | The provided starting key is invalid
          'ExclusiveStartKey':{'a':{'S':'k'},'b':{'S':'1'}}              | The provided starting key is invalid: The provided key element does not match the schema
          'ExclusiveStartKey':{'a':{'S':'k'},'b':{}}                     | The provided starting key is invalid: Supplied AttributeValue is empty, must contain exactly one of the supported datatypes
          'ExclusiveStartKey':{'a':{'S':'other'},'b':{'N':'1'}}          | The provided starting key is outside query boundaries based on provided conditions
          'AttributesToGet':['x']                                        | Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {AttributesToGet} Expression parameters: {KeyConditionExpression}
          'KeyConditions':{'a':{'ComparisonOperator':'NULL'}},'ConditionalOperator':'OR' | Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {ConditionalOperator, KeyConditions} Expression parameters: {KeyConditionExpression}
          'ExpressionAttributeNames':{'#x':'x'}                          | Value provided in ExpressionAttributeNames unused in expressions: keys: {#x}
          'Limit':0                                                      | 1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1
          'Limit':0,'Select':'X','IndexName':'y'                         | 3 validation errors detected: Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1; Value 'X' at 'select' failed to satisfy constraint: Member must satisfy enum value set: [SPECIFIC_ATTRIBUTES, COUNT, ALL_ATTRIBUTES, ALL_PROJECTED_ATTRIBUTES]; Value 'y' at 'indexName' failed to satisfy constraint: Member must have length greater than or equal to 3
          """)
  void what_does_not_go_together_is_refused(String members, String message) {
    assertThat(pod.refusal("Query", MINE + "," + members)).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a = :a AND b = :b          | 1  | 2 | The provided starting key does not match the range key predicate
          a = :a AND b > :b          | 1  | 1 | The provided starting key does not match the range key predicate
          a = :a AND b < :b          | 1  | 1 | The provided starting key does not match the range key predicate
          a = :a AND b <= :b         | 1  | 2 | The provided starting key does not match the range key predicate
          """)
  void a_start_key_lies_where_the_query_comes_by(
      String expression, String bound, String start, String message) {
    String request =
        "'TableName':'ranged','KeyConditionExpression':'"
            + expression
            + "','ExpressionAttributeValues':{':a':{'S':'k'},':b':{'N':'"
            + bound
            + "'}},'ExclusiveStartKey':{'a':{'S':'%s'},'b':{'N':'%s'}}";
    assertThat(pod.refusal("Query", request.formatted("k", start))).isEqualTo(message);
    assertThat(pod.refusal("Query", request.formatted("other", start))).isEqualTo(message);
  }

  @Test
  void a_start_key_of_another_partition_key_cannot_restart_one_row() {
    assertThat(
            pod.refusal(
                "Query",
                "'TableName':'ranged','KeyConditionExpression':'a = :a AND b = :b',"
                    + "'ExpressionAttributeValues':{':a':{'S':'k'},':b':{'N':'1'}},"
                    + "'ExclusiveStartKey':{'a':{'S':'other'},'b':{'N':'1'}}"))
        .isEqualTo("The query can return at most one row and cannot be restarted");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          'TableName':'ranged'                                          | Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.
          'TableName':'ranged','KeyConditions':{}                       | Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.
          'TableName':'none','KeyConditionExpression':''                | Invalid KeyConditionExpression: The expression can not be empty;
          'TableName':'none','KeyConditionExpression':'a = b'           | Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition
          'TableName':'ranged','ProjectionExpression':'x','ExpressionAttributeValues':{':a':{'S':'k'}} | ExpressionAttributeValues can only be specified when using expressions: FilterExpression and KeyConditionExpression are null
          'TableName':'ranged','KeyConditions':{'a':{}}                 | 1 validation error detected: Value null at 'keyConditions.a.member.comparisonOperator' failed to satisfy constraint: Member must not be null
          'TableName':'ranged','KeyConditions':{'a':{'ComparisonOperator':'EQ','AttributeValueList':[{'S':'k'}]}},'ConditionalOperator':'OR' | ConditionalOperator cannot be used without Filter or Expected
          'TableName':'ranged','KeyConditions':{'a':{'ComparisonOperator':'EQ','AttributeValueList':[{'S':'k'}]}},'QueryFilter':{'b':{'ComparisonOperator':'NOT_NULL'}} | QueryFilter can only contain non-primary key attributes: Primary key attribute: b
          'TableName':'ranged','KeyConditions':{'a':{'ComparisonOperator':'EQ','AttributeValueList':[{'S':''}]}} | One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: a
          """)
  void queries_without_a_sound_key_condition_are_refused(String request, String message) {
    assertThat(pod.refusal("Query", request)).isEqualTo(message);
  }

  @Test
  void key_values_have_their_bounds() {
    assertThat(
            pod.refusal(
                "Query",
                "'TableName':'hashed'," + condition("a = :a", "'" + "x".repeat(2_049) + "'", null)))
        .isEqualTo(
            "One or more parameter values were invalid: "
                + "Size of hashkey has exceeded the maximum size limit of2048 bytes");
    assertThat(
            pod.refusal(
                "Query",
                "'TableName':'texts',"
                    + condition(
                        "a = :a AND begins_with(b, :b)", "'k'", "'" + "x".repeat(1_025) + "'")))
        .isEqualTo(
            "One or more parameter values were invalid: "
                + "Aggregated size of all range keys has exceeded the size limit of 1024 bytes");
  }

  private static String condition(String expression, String hash, @Nullable String sort) {
    return "'KeyConditionExpression':'"
        + expression
        + "','ExpressionAttributeValues':{':a':{'S':"
        + hash
        + "}"
        + (sort == null ? "" : ",':b':{'S':" + sort + "}")
        + "}";
  }

  private static String query(String members) {
    return pod.ask("Query", members);
  }

  private static List<String> sorts(String page) {
    List<String> sorts = new ArrayList<>();
    Matcher matcher = SORT.matcher(page);
    while (matcher.find()) {
      sorts.add(matcher.group(1));
    }
    return sorts;
  }
}
