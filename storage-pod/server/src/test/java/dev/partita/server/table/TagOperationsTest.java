package dev.partita.server.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TagOperationsTest {

  private static final String ARN = "arn:aws:dynamodb:local-1:000000000000:table/orders";
  private static final String INVALID =
      "ValidationException: One or more parameter values were invalid: ";

  private final MemoryTables tables = new MemoryTables();
  private final Calls calls = new Calls(tables);

  @BeforeEach
  void make() {
    tables.quick = true;
    assertThat(
            calls.ok(
                "CreateTable",
                "{'TableName':'orders','BillingMode':'PAY_PER_REQUEST',"
                    + "'AttributeDefinitions':[{'AttributeName':'a','AttributeType':'S'}],"
                    + "'KeySchema':[{'AttributeName':'a','KeyType':'HASH'}],"
                    + "'Tags':[{'Key':'team','Value':'checkout'}]}"))
        .contains("orders");
  }

  @Test
  void tags_are_set_replaced_and_removed_without_a_body_in_answer() {
    assertThat(tag("{'Key':'cost','Value':''},{'Key':'team','Value':'payment'}")).isEmpty();
    assertThat(list())
        .isEqualTo(
            "{\"Tags\":[{\"Key\":\"team\",\"Value\":\"payment\"},"
                + "{\"Key\":\"cost\",\"Value\":\"\"}]}");
    assertThat(
            calls.ok(
                "UntagResource", "{'ResourceArn':'" + ARN + "','TagKeys':['team','not there']}"))
        .isEmpty();
    assertThat(list()).isEqualTo("{\"Tags\":[{\"Key\":\"cost\",\"Value\":\"\"}]}");
  }

  @Test
  void a_change_that_came_between_is_not_lost() {
    tables.lostUpdates = 2;
    assertThat(tag("{'Key':'cost','Value':'1'}")).isEmpty();
    assertThat(tables.get("orders").definition().tags()).containsKeys("team", "cost");
  }

  @Test
  void keys_and_values_are_counted_in_characters_of_any_script() {
    String key = "א".repeat(128);
    assertThat(tag("{'Key':'" + key + "','Value':'" + "表".repeat(256) + "'}")).isEmpty();
    assertThat(tag("{'Key':' + - = . _ : / @ 9','Value':'a+b-c=d.e_f:g/h@i'}")).isEmpty();
    assertThat(tagError("{'Key':'" + key + "א','Value':''}"))
        .isEqualTo("ValidationException: The Tag Key provided is invalid, Key: " + key + "א");
    assertThat(tagError("{'Key':'k','Value':'" + "v".repeat(257) + "'}"))
        .isEqualTo(
            "ValidationException: The Tag Value provided is invalid, Value: " + "v".repeat(257));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'Key':'','Value':'x'}|The Tag Key provided is invalid, Key: ``",
        "{'Value':'x'}|The Tag Key provided is invalid, Key: null",
        "{'Key':'k!','Value':'x'}|The Tag Key provided is invalid, Key: k!",
        "{'Key':'k'}|The Tag Value provided is invalid, Value: null",
        "{'Key':'k','Value':'100%'}|The Tag Value provided is invalid, Value: 100%",
        "{'Key':'good','Value':'x'},{'Key':'aws:k','Value':'x'}|Tag Key cannot be prefixed with"
            + " aws:, Key: aws:k",
        "{'Key':'k','Value':'x'},{'Key':'k','Value':'y'}|Duplicate Tag Keys provided as input:"
            + " Duplicate Tag Key found k",
        "``|Atleast one Tag needs to be provided as Input.",
      })
  void a_wrong_tag_is_refused_and_none_is_set(String tags, String message) {
    assertThat(tagError(tags).strip())
        .isEqualTo("ValidationException: " + message.replace("``", "").strip());
    assertThat(tables.get("orders").definition().tags()).containsOnlyKeys("team");
  }

  @Test
  void a_table_has_50_tags_at_most() {
    assertThat(tag(tags(0, 30))).isEmpty();
    assertThat(tag(tags(20, 49))).isEmpty();
    String tooMany =
        "ValidationException: Number of Tags exceed the current limit for the provided ResourceArn";
    assertThat(tagError(tags(45, 60))).isEqualTo(tooMany);
    assertThat(tagError(tags(0, 51))).isEqualTo(tooMany);
    assertThat(tables.get("orders").definition().tags()).hasSize(50);
    String keys =
        IntStream.range(0, 51).mapToObj(i -> "'" + i + "'").collect(Collectors.joining(","));
    assertThat(
            calls.error("UntagResource", "{'ResourceArn':'" + ARN + "','TagKeys':[" + keys + "]}"))
        .isEqualTo(tooMany);
    assertThat(list()).doesNotContain("NextToken").contains("\"48\"");
  }

  @Test
  void keys_to_remove_are_checked_as_those_to_set() {
    assertThat(calls.error("UntagResource", "{'ResourceArn':'" + ARN + "','TagKeys':[]}"))
        .isEqualTo("ValidationException: Atleast one Tag Key needs to be provided as Input.");
    assertThat(calls.error("UntagResource", "{'ResourceArn':'" + ARN + "','TagKeys':['']}"))
        .isEqualTo("ValidationException: The Tag Key provided is invalid, Key: ");
    assertThat(calls.error("UntagResource", "{'ResourceArn':'" + ARN + "'}"))
        .isEqualTo(
            "ValidationException: 1 validation error detected: Value null at 'tagKeys' failed to"
                + " satisfy constraint: Member must not be null");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ListTagsOfResource", "TagResource", "UntagResource"})
  void only_arns_of_tables_here_are_taken(String operation) {
    assertThat(arnError(operation, "")).isEqualTo("ValidationException: Invalid TableArn");
    assertThat(arnError(operation, "orders"))
        .isEqualTo(INVALID + "ARNs must start with 'arn:': orders");
    assertThat(arnError(operation, "arn:aws:s3:::orders"))
        .isEqualTo(INVALID + "Provided Arn is not a DynamoDB resource arn: arn:aws:s3:::orders");
    assertThat(arnError(operation, ARN + "/index/by_time"))
        .isEqualTo(
            INVALID
                + "Invalid resource arn provided, only table or stream is accepted. Provided"
                + " resource arn: "
                + ARN
                + "/index/by_time");
    String elsewhere = ARN.replace("local-1", "local-2");
    assertThat(arnError(operation, elsewhere))
        .isEqualTo(
            "ValidationException: Invalid TableArn: Invalid ResourceArn provided as input "
                + elsewhere);
    assertThat(arnError(operation, ARN.replace("000000000000", "111111111111")))
        .startsWith(
            "AccessDeniedException: User: arn:aws:iam::000000000000:root is not authorized to"
                + " perform: dynamodb:"
                + operation
                + " on resource: arn:aws:dynamodb:local-1:111111111111:table/orders");
    assertThat(arnError(operation, ARN + "x"))
        .isEqualTo(
            "ResourceNotFoundException: Requested resource not found: ResourcArn: "
                + ARN
                + "x not found");
  }

  @Test
  void a_token_that_was_not_given_out_is_refused() {
    assertThat(calls.error("ListTagsOfResource", "{'ResourceArn':'" + ARN + "','NextToken':'%%'}"))
        .isEqualTo("ValidationException: Invalid NextToken");
    assertThat(calls.error("ListTagsOfResource", "{'ResourceArn':'" + ARN + "','NextToken':'eA'}"))
        .isEqualTo("ValidationException: Invalid NextToken");
  }

  private static String tags(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> "{'Key':'" + i + "','Value':'v'}")
        .collect(Collectors.joining(","));
  }

  private String tag(String tags) {
    return calls.ok("TagResource", "{'ResourceArn':'" + ARN + "','Tags':[" + tags + "]}");
  }

  private String tagError(String tags) {
    return calls.error("TagResource", "{'ResourceArn':'" + ARN + "','Tags':[" + tags + "]}");
  }

  private String list() {
    return calls.ok("ListTagsOfResource", "{'ResourceArn':'" + ARN + "'}");
  }

  private String arnError(String operation, String arn) {
    return calls.error(
        operation,
        "{'ResourceArn':'" + arn + "','Tags':[{'Key':'k','Value':'v'}],'TagKeys':['k']}");
  }
}
