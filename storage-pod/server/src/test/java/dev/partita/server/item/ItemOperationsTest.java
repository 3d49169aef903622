package dev.partita.server.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.model.command.ReadOutcome;
import dev.partita.model.command.TableGone;
import dev.partita.model.command.WriteOutcome;
import dev.partita.model.error.ApiException;
import dev.partita.model.error.ErrorType;
import dev.partita.server.operation.AnswerMemory;
import dev.partita.server.operation.Operation;
import dev.partita.server.operation.Reply;
import dev.partita.server.operation.RequestContext;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItemOperationsTest {

  private static final String DEEP_40 = "{\"L\":[".repeat(40) + "]}".repeat(40);

  private final FakeCluster cluster = new FakeCluster();

  @Test
  void an_item_comes_back_as_it_went_in() {
    String item =
        "{\"a\":{\"S\":\"k\\\"é\"},\"n\":{\"N\":\"1.50\"},\"z\":{\"B\":\"AQI=\"},"
            + "\"t\":{\"BOOL\":true},\"u\":{\"NULL\":true},\"l\":{\"L\":[{\"S\":\"\"},"
            + "{\"M\":{\"x\":{\"N\":\"-0\"},\"y\":{\"L\":[]}}}]},\"m\":{\"M\":{}},"
            + "\"ss\":{\"SS\":[\"p\",\"q\"]},\"ns\":{\"NS\":[\"1e2\",\"3\"]},"
            + "\"bs\":{\"BS\":[\"AQ==\"]}}";
    assertThat(put("hashed", "\"Item\":" + item)).isEqualTo("{}");
    assertThat(get("hashed", "\"Key\":{\"a\":{\"S\":\"k\\\"é\"}}"))
        .isEqualTo(
            "{\"Item\":"
                + item.replace("1.50", "1.5").replace("-0", "0").replace("1e2", "100")
                + "}");
  }

  @Test
  void a_missing_item_has_no_item_member() {
    assertThat(get("hashed", "\"Key\":{\"a\":{\"S\":\"k\"}}")).isEqualTo("{}");
  }

  @Test
  void a_table_may_be_named_by_its_arn() {
    String arn = "arn:aws:dynamodb:local-1:000000000000:table/hashed";
    assertThat(put(arn, "\"Item\":{\"a\":{\"S\":\"k\"}}")).isEqualTo("{}");
    assertThat(get("hashed", "\"Key\":{\"a\":{\"S\":\"k\"}}")).contains("\"k\"");
  }

  @Test
  void a_projection_gives_partial_documents() {
    put(
        "hashed",
        "\"Item\":{\"a\":{\"S\":\"k\"},\"m\":{\"M\":{\"x\":{\"N\":\"1\"},\"y\":{\"N\":\"2\"}}}}");
    String key = "\"Key\":{\"a\":{\"S\":\"k\"}},";
    assertThat(
            get(
                "hashed",
                key
                    + "\"ProjectionExpression\":\"m.#y\","
                    + "\"ExpressionAttributeNames\":{\"#y\":\"y\"}"))
        .isEqualTo("{\"Item\":{\"m\":{\"M\":{\"y\":{\"N\":\"2\"}}}}}");
    assertThat(get("hashed", key + "\"ProjectionExpression\":\"nothing\""))
        .isEqualTo("{\"Item\":{}}");
  }

  @Test
  void updates_return_what_is_asked_for() {
    String update =
        "\"Key\":{\"a\":{\"S\":\"k\"}},\"UpdateExpression\":\"ADD n :one SET s = :s\","
            + "\"ExpressionAttributeValues\":{\":one\":{\"N\":\"1\"},\":s\":{\"S\":\"x\"}},"
            + "\"ReturnValues\":";
    assertThat(update(update + "\"UPDATED_OLD\"")).isEqualTo("{}");
    assertThat(update(update + "\"NONE\"")).isEqualTo("{}");
    assertThat(update(update + "\"UPDATED_OLD\""))
        .contains("\"n\":{\"N\":\"2\"}")
        .doesNotContain("\"a\"");
    assertThat(update(update + "\"UPDATED_NEW\"")).contains("\"n\":{\"N\":\"4\"}");
    assertThat(update(update + "\"ALL_NEW\""))
        .contains("\"n\":{\"N\":\"5\"}", "\"a\":{\"S\":\"k\"}");
    assertThat(update(update + "\"ALL_OLD\""))
        .contains("\"n\":{\"N\":\"5\"}", "\"a\":{\"S\":\"k\"}");
  }

  @Test
  void an_update_without_expression_makes_the_item() {
    assertThat(update("\"Key\":{\"a\":{\"S\":\"k\"}},\"ReturnValues\":\"ALL_NEW\""))
        .isEqualTo("{\"Attributes\":{\"a\":{\"S\":\"k\"}}}");
  }

  @Test
  void deleting_returns_the_old_item_if_asked() {
    put("ranged", "\"Item\":{\"a\":{\"S\":\"k\"},\"b\":{\"N\":\"1\"}}");
    String key = "\"Key\":{\"a\":{\"S\":\"k\"},\"b\":{\"N\":\"1.0\"}}";
    assertThat(call(new DeleteItem(cluster), "ranged", key + ",\"ReturnValues\":\"ALL_OLD\""))
        .isEqualTo("{\"Attributes\":{\"a\":{\"S\":\"k\"},\"b\":{\"N\":\"1\"}}}");
    assertThat(call(new DeleteItem(cluster), "ranged", key + ",\"ReturnValues\":\"ALL_OLD\""))
        .isEqualTo("{}");
  }

  @Test
  void a_false_condition_is_an_error_with_the_item_if_asked() {
    put("hashed", "\"Item\":{\"a\":{\"S\":\"k\"}}");
    String failing =
        "\"Item\":{\"a\":{\"S\":\"k\"}},\"ConditionExpression\":\"attribute_not_exists(a)\"";
    Reply plain = reply(new PutItem(cluster), "hashed", failing);
    assertThat(plain.status()).isEqualTo(400);
    assertThat(plain.error()).isEqualTo(ErrorType.CONDITIONAL_CHECK_FAILED);
    assertThat(text(plain))
        .isEqualTo(
            "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException\","
                + "\"message\":\"The conditional request failed\"}");
    Reply told =
        reply(
            new PutItem(cluster),
            "hashed",
            failing + ",\"ReturnValuesOnConditionCheckFailure\":\"ALL_OLD\"");
    assertThat(text(told)).endsWith("failed\",\"Item\":{\"a\":{\"S\":\"k\"}}}");
  }

  @Test
  void capacity_is_told_if_asked() {
    String value = "x".repeat(5_000);
    assertThat(
            put(
                "hashed",
                "\"Item\":{\"a\":{\"S\":\"k\"},\"v\":{\"S\":\""
                    + value
                    + "\"}},\"ReturnConsumedCapacity\":\"INDEXES\""))
        .isEqualTo(
            "{\"ConsumedCapacity\":{\"TableName\":\"hashed\",\"CapacityUnits\":5.0,"
                + "\"Table\":{\"CapacityUnits\":5.0}}}");
    String key = "\"Key\":{\"a\":{\"S\":\"k\"}},\"ReturnConsumedCapacity\":\"TOTAL\"";
    assertThat(get("hashed", key))
        .endsWith(",\"ConsumedCapacity\":{\"TableName\":\"hashed\",\"CapacityUnits\":1.0}}");
    assertThat(get("hashed", key + ",\"ConsistentRead\":true")).endsWith("\"CapacityUnits\":2.0}}");
    assertThat(get("hashed", key.replace("\"k\"", "\"none\"")))
        .isEqualTo("{\"ConsumedCapacity\":{\"TableName\":\"hashed\",\"CapacityUnits\":0.5}}");
    assertThat(put("hashed", "\"Item\":{\"a\":{\"S\":\"k\"}},\"ReturnConsumedCapacity\":\"NONE\""))
        .isEqualTo("{}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"a\":{\"N\":\"1\"}}|One or more parameter values were invalid: Type mismatch for key a expected: S actual: N",
        "{\"b\":{\"S\":\"x\"}}|One or more parameter values were invalid: Missing the key a in the item",
        "{}|One or more parameter values were invalid: Missing the key a in the item",
        "{\"a\":{\"S\":\"\"}}|One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: a",
        "{\"a\":{\"S\":\"x\"},\"b\":{\"SS\":[]}}|One or more parameter values were invalid: An string set  may not be empty",
        "{\"a\":{\"S\":\"x\"},\"\":{\"S\":\"y\"}}|Empty attribute name",
      })
  void items_that_do_not_fit_are_refused(String item, String message) {
    refuses(new PutItem(cluster), "hashed", "\"Item\":" + item, message);
  }

  @Test
  void the_sort_key_is_checked_too() {
    refuses(
        new PutItem(cluster),
        "ranged",
        "\"Item\":{\"a\":{\"S\":\"x\"}}",
        "One or more parameter values were invalid: Missing the key b in the item");
    refuses(
        new PutItem(cluster),
        "ranged",
        "\"Item\":{\"a\":{\"S\":\"x\"},\"b\":{\"S\":\"x\"}}",
        "One or more parameter values were invalid: Type mismatch for key b expected: N actual: S");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "hashed|{}",
        "hashed|{\"a\":{\"N\":\"1\"}}",
        "hashed|{\"b\":{\"S\":\"x\"}}",
        "hashed|{\"a\":{\"S\":\"x\"},\"b\":{\"N\":\"1\"}}",
        "ranged|{\"a\":{\"S\":\"x\"}}",
        "ranged|{\"a\":{\"S\":\"x\"},\"b\":{\"S\":\"1\"}}",
        "ranged|{\"a\":{\"S\":\"x\"},\"c\":{\"N\":\"1\"}}",
      })
  void keys_that_do_not_fit_are_refused_by_all(String table, String key) {
    for (Operation operation :
        new Operation[] {new GetItem(cluster), new DeleteItem(cluster), new UpdateItem(cluster)}) {
      refuses(
          operation, table, "\"Key\":" + key, "The provided key element does not match the schema");
    }
  }

  @Test
  void empty_and_oversized_keys_are_refused() {
    refuses(
        new GetItem(cluster),
        "binary",
        "\"Key\":{\"a\":{\"B\":\"\"}}",
        "One or more parameter values are not valid. The AttributeValue for a key attribute "
            + "cannot contain an empty binary value. Key: a");
    refuses(
        new GetItem(cluster),
        "hashed",
        "\"Key\":{\"a\":{\"S\":\"" + "x".repeat(2_049) + "\"}}",
        "One or more parameter values were invalid: "
            + "Size of hashkey has exceeded the maximum size limit of2048 bytes");
    assertThat(get("hashed", "\"Key\":{\"a\":{\"S\":\"" + "x".repeat(2_048) + "\"}}"))
        .isEqualTo("{}");
  }

  @Test
  void items_end_at_409600_bytes() {
    int room = 409_600 - 3; // names a and v, one byte of key
    String item = "\"Item\":{\"a\":{\"S\":\"k\"},\"v\":{\"S\":\"%s\"}}";
    assertThat(put("hashed", item.formatted("x".repeat(room)))).isEqualTo("{}");
    refuses(
        new PutItem(cluster),
        "hashed",
        item.formatted("x".repeat(room + 1)),
        "Item size has exceeded the maximum allowed size");
  }

  @Test
  void nesting_ends_at_32_levels() {
    String nesting =
        "Nesting Levels have exceeded supported limits: "
            + "Attributes in the item have nested levels beyond supported limit";
    refuses(
        new PutItem(cluster),
        "hashed",
        "\"Item\":{\"a\":{\"S\":\"k\"},\"d\":" + "{\"L\":[".repeat(32) + "]}".repeat(32) + "}",
        nesting);
    assertThat(
            put(
                "hashed",
                "\"Item\":{\"a\":{\"S\":\"k\"},\"d\":"
                    + "{\"L\":[".repeat(31)
                    + "]}".repeat(31)
                    + "}"))
        .isEqualTo("{}");
    refuses(
        new UpdateItem(cluster),
        "hashed",
        "\"Key\":{\"a\":{\"S\":\"k\"}},\"UpdateExpression\":\"SET d = :d\","
            + "\"ExpressionAttributeValues\":{\":d\":"
            + DEEP_40
            + "}",
        "ExpressionAttributeValues contains invalid value: " + nesting + " for key :d");
  }

  @Test
  void a_table_is_not_denied_while_the_catalog_cannot_be_asked() {
    cluster.catalogAnswers = false;
    assertThatThrownBy(() -> get("nothing", "\"Key\":{\"a\":{\"S\":\"k\"}}"))
        .cause()
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.SERVICE_UNAVAILABLE));
  }

  @Test
  void only_known_tables_that_serve_have_items() {
    for (String table : new String[] {"nothing", "young"}) {
      assertThatThrownBy(() -> get(table, "\"Key\":{\"a\":{\"S\":\"k\"}}"))
          .hasCauseInstanceOf(ApiException.class)
          .cause()
          .hasMessage("Requested resource not found")
          .isInstanceOfSatisfying(
              ApiException.class,
              e -> assertThat(e.type()).isEqualTo(ErrorType.RESOURCE_NOT_FOUND));
    }
  }

  @Test
  void what_the_request_alone_reveals_is_told_before_the_table_is_looked_up() {
    refuses(
        new GetItem(cluster),
        "nothing",
        "\"Key\":{\"a\":{\"S\":\"k\"}},\"ProjectionExpression\":\"\"",
        "Invalid ProjectionExpression: The expression can not be empty;");
    refuses(
        new PutItem(cluster),
        "nothing",
        "\"Item\":{\"b\":{\"S\":\"k\"}},\"ReturnValues\":\"ALL_NEW\"",
        "ReturnValues can only be ALL_OLD or NONE");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"ExpressionAttributeNames\":{\"#a\":\"a\"}|ExpressionAttributeNames can only be specified when using expressions",
        "\"ExpressionAttributeValues\":{\":a\":{}}|ExpressionAttributeValues can only be specified when using expressions: ConditionExpression is null",
        "\"ConditionExpression\":\"\"|Invalid ConditionExpression: The expression can not be empty;",
        "\"ConditionExpression\":\"#x = a\",\"ExpressionAttributeNames\":{\"x\":\"a\"}|ExpressionAttributeNames contains invalid key: Syntax error; key: \"x\"",
        "\"ConditionExpression\":\"b = a\",\"ExpressionAttributeNames\":{}|ExpressionAttributeNames must not be empty",
        "\"ConditionExpression\":\"b = a\",\"ExpressionAttributeValues\":{}|ExpressionAttributeValues must not be empty",
        "\"ConditionExpression\":\"b = a\",\"ExpressionAttributeValues\":{\":v\":{}}|ExpressionAttributeValues contains invalid value: Supplied AttributeValue is empty, must contain exactly one of the supported datatypes for key :v",
        "\"ConditionExpression\":\"b = a\",\"ExpressionAttributeValues\":{\":v\":{\"S\":\"\"}}|Value provided in ExpressionAttributeValues unused in expressions: keys: {:v}",
        "\"ConditionExpression\":\"b = a\",\"Expected\":{\"a\":{\"Exists\":false}}|Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {Expected} Expression parameters: {ConditionExpression}",
        "\"ReturnValues\":\"ALL_NEW\",\"ExpressionAttributeNames\":{\"#a\":\"a\"}|ReturnValues can only be ALL_OLD or NONE",
        "\"ReturnValues\":\"UPDATED_NEW\"|ReturnValues can only be ALL_OLD or NONE",
        "\"ReturnValues\":\"X\",\"ReturnConsumedCapacity\":\"Y\"|2 validation errors detected: Value 'X' at 'returnValues' failed to satisfy constraint: Member must satisfy enum value set: [ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW]; Value 'Y' at 'returnConsumedCapacity' failed to satisfy constraint: Member must satisfy enum value set: [INDEXES, TOTAL, NONE]",
      })
  void parameters_that_do_not_go_together_are_refused(String parameters, String message) {
    refuses(
        new PutItem(cluster), "hashed", "\"Item\":{\"a\":{\"S\":\"k\"}}," + parameters, message);
    assertThat(cluster.lastWrite).isNull();
  }

  @Test
  void updates_do_not_touch_keys_and_name_both_expressions() {
    String key = "\"Key\":{\"a\":{\"S\":\"k\"}},";
    refuses(
        new UpdateItem(cluster),
        "hashed",
        key
            + "\"UpdateExpression\":\"SET a = :v\","
            + "\"ExpressionAttributeValues\":{\":v\":{\"S\":\"x\"}}",
        "One or more parameter values were invalid: "
            + "Cannot update attribute a. This attribute is part of the key");
    refuses(
        new UpdateItem(cluster),
        "hashed",
        key + "\"ExpressionAttributeValues\":{\":v\":{\"S\":\"x\"}}",
        "ExpressionAttributeValues can only be specified when using expressions: "
            + "UpdateExpression and ConditionExpression are null");
  }

  @Test
  void the_partitions_refusal_is_a_validation_error() {
    cluster.nextWrite = new WriteOutcome.Invalid("Type mismatch for attribute to update");
    refuses(
        new UpdateItem(cluster),
        "hashed",
        "\"Key\":{\"a\":{\"S\":\"k\"}}",
        "Type mismatch for attribute to update");
  }

  @Test
  void what_could_not_be_done_says_whether_it_may_have_been_done() {
    cluster.nextWrite = new WriteOutcome.Unavailable("no leader", true);
    unavailable(
        new PutItem(cluster),
        "\"Item\":{\"a\":{\"S\":\"k\"}}",
        "The write may or may not have been applied: no leader");
    cluster.nextWrite = new WriteOutcome.Unavailable("no leader", false);
    unavailable(
        new PutItem(cluster), "\"Item\":{\"a\":{\"S\":\"k\"}}", "Nothing was written: no leader");
    cluster.nextRead = new ReadOutcome.Unavailable("no replica");
    unavailable(
        new GetItem(cluster),
        "\"Key\":{\"a\":{\"S\":\"k\"}}",
        "The item could not be read: no replica");
  }

  @Test
  void what_was_not_done_because_of_load_is_throttled() {
    cluster.nextWrite = new WriteOutcome.Unavailable("too many writes wait", false);
    unavailable(
        new PutItem(cluster),
        "\"Item\":{\"a\":{\"S\":\"k\"}}",
        ErrorType.THROTTLING,
        "Nothing was written: too many writes wait");
    cluster.nextRead = new ReadOutcome.Unavailable("too many reads wait");
    unavailable(
        new GetItem(cluster),
        "\"Key\":{\"a\":{\"S\":\"k\"}}",
        ErrorType.THROTTLING,
        "The item could not be read: too many reads wait");
  }

  @Test
  void a_table_that_is_deleted_meanwhile_is_not_found() {
    cluster.nextWrite = new WriteOutcome.Unavailable(TableGone.REASON, false);
    unavailable(
        new PutItem(cluster),
        "\"Item\":{\"a\":{\"S\":\"k\"}}",
        ErrorType.RESOURCE_NOT_FOUND,
        "Requested resource not found");
    cluster.nextRead = new ReadOutcome.Unavailable(TableGone.REASON);
    unavailable(
        new GetItem(cluster),
        "\"Key\":{\"a\":{\"S\":\"k\"}}",
        ErrorType.RESOURCE_NOT_FOUND,
        "Requested resource not found");
  }

  private void unavailable(Operation operation, String members, String message) {
    unavailable(operation, members, ErrorType.INTERNAL_SERVER_ERROR, message);
  }

  private void unavailable(Operation operation, String members, ErrorType type, String message) {
    assertThatThrownBy(() -> call(operation, "hashed", members))
        .cause()
        .hasMessage(message)
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.type()).isEqualTo(type));
  }

  private String put(String table, String members) {
    return call(new PutItem(cluster), table, members);
  }

  private String get(String table, String members) {
    return call(new GetItem(cluster), table, members);
  }

  private String update(String members) {
    return call(new UpdateItem(cluster), "hashed", members);
  }

  private static String call(Operation operation, String table, String members) {
    Reply reply = reply(operation, table, members);
    assertThat(reply.status()).isEqualTo(200);
    return text(reply);
  }

  private static Reply reply(Operation operation, String table, String members) {
    String json = "{\"TableName\":\"" + table + "\"," + members + "}";
    RequestContext context =
        new RequestContext(
            "ID",
            "arn:aws:iam::000000000000:root",
            operation.name(),
            "localhost",
            "local-1",
            "000000000000",
            InstantSource.system(),
            AnswerMemory.UNCOUNTED);
    return operation.handle(context, json.getBytes(StandardCharsets.UTF_8)).join();
  }

  private static String text(Reply reply) {
    return new String(reply.body(), StandardCharsets.UTF_8);
  }

  /// Refused while reading, by throwing, or later, by the future.
  private static void refuses(Operation operation, String table, String members, String message) {
    assertThatThrownBy(
            () -> {
              try {
                call(operation, table, members);
              } catch (CompletionException e) {
                throw e.getCause();
              }
            })
        .isInstanceOfSatisfying(
            ApiException.class,
            e -> {
              assertThat(e.getMessage()).isEqualTo(message);
              assertThat(e.type()).isEqualTo(ErrorType.VALIDATION);
            });
  }
}
