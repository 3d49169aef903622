package dev.partita.server.item;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Scan on a real pod, of a table with four partitions.
class ScanTest {

  private static final int ITEMS = 120;
  private static final Pattern LAST = Pattern.compile("'LastEvaluatedKey':(\\{.*?\\}\\})");
  private static final Pattern KEY = Pattern.compile("'a':\\{'S':'([^']*)'\\}");

  private static TestPod pod;

  @BeforeAll
  static void start(@TempDir Path folder) {
    pod = new TestPod(folder);
    pod.create(
        "wide",
        "'KeySchema':[{'AttributeName':'a','KeyType':'HASH'}],"
            + "'AttributeDefinitions':[{'AttributeName':'a','AttributeType':'S'}],"
            + "'ProvisionedThroughput':{'ReadCapacityUnits':1,'WriteCapacityUnits':4000}");
    for (int i = 0; i < ITEMS; i++) {
      pod.put("wide", "'a':{'S':'k" + i + "'},'n':{'N':'" + i % 10 + "'},'x':{'S':'y'}");
    }
  }

  @AfterAll
  static void stop() {
    pod.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 40, 1_000})
  void pages_of_any_size_join_to_the_whole_table(int limit) {
    assertThat(walked(",'Limit':" + limit)).containsExactlyElementsOf(walked(""));
    assertThat(walked("")).containsExactlyInAnyOrder(all());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 64})
  void segments_are_disjoint_and_cover_the_table(int total) {
    List<String> union = new ArrayList<>();
    for (int segment = 0; segment < total; segment++) {
      union.addAll(walked(",'Limit':5,'Segment':" + segment + ",'TotalSegments':" + total));
    }
    assertThat(union).containsExactlyInAnyOrder(all());
  }

  @Test
  void a_start_key_belongs_to_its_segment() {
    for (int segment = 0; segment < 3; segment++) {
      String page = scan(",'Limit':1,'Segment':" + segment + ",'TotalSegments':3");
      Matcher last = LAST.matcher(page);
      assertThat(last.find()).isTrue();
      String next =
          "'TableName':'wide','ExclusiveStartKey':"
              + last.group(1)
              + ",'TotalSegments':3,'Segment':";
      assertThat(pod.ask("Scan", next + segment)).startsWith("{'Items':[{");
      int other = (segment + 1) % 3;
      assertThat(pod.refusal("Scan", next + other))
          .isEqualTo(
              "The provided starting key is invalid: Invalid ExclusiveStartKey. Please use"
                  + " ExclusiveStartKey with correct Segment. TotalSegments: 3 Segment: "
                  + other);
    }
  }

  @Test
  void filters_may_name_keys_and_counts_tell_both() {
    assertThat(
            scan(
                ",'FilterExpression':'a = :a','ExpressionAttributeValues':{':a':{'S':'k7'}},"
                    + "'ProjectionExpression':'n'"))
        .isEqualTo("{'Items':[{'n':{'N':'7'}}],'Count':1,'ScannedCount':120}");
    assertThat(
            scan(
                ",'ScanFilter':{'n':{'ComparisonOperator':'LT','AttributeValueList':[{'N':'2'}]}},"
                    + "'Select':'COUNT','ReturnConsumedCapacity':'TOTAL','ConsistentRead':true"))
        .isEqualTo(
            "{'Count':24,'ScannedCount':120,"
                + "'ConsumedCapacity':{'TableName':'wide','CapacityUnits':1.0}}");
    assertThat(scan(",'AttributesToGet':['n'],'Limit':1"))
        .matches("\\{'Items':\\[\\{'n':\\{'N':'\\d'}}],'Count':1,.*");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          'Segment':0                                        | The TotalSegments parameter is required but was not present in the request when Segment parameter is present
          'TotalSegments':4                                  | The Segment parameter is required but was not present in the request when parameter TotalSegments is present
          'Segment':5,'TotalSegments':5                      | The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: 5 is not less than TotalSegments: 5
          'Segment':-1,'TotalSegments':4                     | 1 validation error detected: Value '-1' at 'segment' failed to satisfy constraint: Member must have value greater than or equal to 0
          'Segment':0,'TotalSegments':1000001                | 1 validation error detected: Value '1000001' at 'totalSegments' failed to satisfy constraint: Member must have value less than or equal to 1000000
          'ExclusiveStartKey':{'b':{'S':'k'}}                | The provided starting key is invalid: The provided key element does not match the schema
          'ExclusiveStartKey':{'a':{'N':'1'}}                | The provided starting key is invalid: The provided key element does not match the schema
          'ExclusiveStartKey':{'a':{'S':'k'},'b':{'S':'k'}}  | The provided starting key is invalid: The provided key element does not match the schema
          'ExclusiveStartKey':{'a':{'S':''}}                 | The provided starting key is invalid: One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: a
          'IndexName':'nope','ExclusiveStartKey':{'b':{'S':'k'}} | The table does not have the specified index: nope
          'FilterExpression':'a.b = a'                       | Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: Key: a
          'Select':'ALL_PROJECTED_ATTRIBUTES'                | ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName
          'Select':'COUNT','AttributesToGet':['x']           | Cannot specify the AttributesToGet when choosing to get only the Count
          'ConditionalOperator':'OR'                         | ConditionalOperator cannot be used without Filter or Expected
          'ExpressionAttributeValues':{':a':{'S':'k'}}       | ExpressionAttributeValues can only be specified when using expressions: FilterExpression is null
          'ScanFilter':{'a':{'ComparisonOperator':'NULL'}},'AttributesToGet':['x'],'ConditionalOperator':'OR','ProjectionExpression':'x','FilterExpression':'x=y' | Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {AttributesToGet, ScanFilter, ConditionalOperator} Expression parameters: {ProjectionExpression, FilterExpression}
          """)
  void what_does_not_go_together_is_refused(String members, String message) {
    assertThat(pod.refusal("Scan", "'TableName':'wide'," + members)).isEqualTo(message);
  }

  @Test
  void only_known_tables_are_scanned() {
    assertThat(pod.refusal("Scan", "'TableName':'nothing'"))
        .isEqualTo("RESOURCE_NOT_FOUND: Requested resource not found");
  }

  private static String[] all() {
    return IntStream.range(0, ITEMS).mapToObj(i -> "k" + i).toArray(String[]::new);
  }

  private static String scan(String members) {
    return pod.ask("Scan", "'TableName':'wide'" + members);
  }

  private static List<String> walked(String members) {
    List<String> walked = new ArrayList<>();
    String start = "";
    while (start != null) {
      String page = scan(members + start);
      Matcher key = KEY.matcher(page.replaceAll("'LastEvaluatedKey'.*", ""));
      while (key.find()) {
        walked.add(key.group(1));
      }
      Matcher last = LAST.matcher(page);
      start = last.find() ? ",'ExclusiveStartKey':" + last.group(1) : null;
    }
    return walked;
  }
}
