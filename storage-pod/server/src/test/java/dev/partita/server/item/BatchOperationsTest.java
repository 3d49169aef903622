package dev.partita.server.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.partita.model.command.ReadOutcome;
import dev.partita.model.command.TableGone;
import dev.partita.model.command.WriteOutcome;
import dev.partita.model.error.ApiException;
import dev.partita.model.error.ErrorType;
import dev.partita.server.http.HttpLimits;
import dev.partita.server.operation.AnswerMemory;
import dev.partita.server.operation.Operation;
import dev.partita.server.operation.RequestContext;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchOperationsTest {

  /// An item of sets of numbers such as `1E-130`, and 100 keys of 3 KB of control characters.
  private static final int LARGEST_ITEM_JSON_BYTES = 68 * 400 * 1024;

  private static final int KEYS_JSON_BYTES = 6 * 100 * 3 * 1024;

  private static final String NO_MATCH = "The provided key element does not match the schema";
  private static final String DUPLICATES = "Provided list of item keys contains duplicates";
  private static final String MORE_THAN_ONE =
      "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the"
          + " supported datatypes";
  private static final String ARN = "arn:aws:dynamodb:local-1:000000000000:table/";

  private final FakeCluster cluster = new FakeCluster();
  private final Operation writes = new BatchWriteItem(cluster);
  private final Operation reads = new BatchGetItem(cluster);

  @Test
  void what_a_batch_writes_a_batch_reads() {
    assertThat(
            write(
                "\"hashed\":["
                    + put("\"a\":{\"S\":\"x\"},\"n\":{\"N\":\"1.50\"}")
                    + ","
                    + put("\"a\":{\"S\":\"y\"}")
                    + "],\"ranged\":["
                    + put("\"a\":{\"S\":\"x\"},\"b\":{\"N\":\"1\"}")
                    + "]"))
        .isEqualTo("{\"UnprocessedItems\":{}}");
    assertThat(
            write(
                "\"hashed\":[{\"DeleteRequest\":{\"Key\":{\"a\":{\"S\":\"y\"}}}},"
                    + "{\"DeleteRequest\":{\"Key\":{\"a\":{\"S\":\"not there\"}}}}]"))
        .isEqualTo("{\"UnprocessedItems\":{}}");
    assertThat(
            read(
                "\"hashed\":{\"Keys\":[{\"a\":{\"S\":\"x\"}},{\"a\":{\"S\":\"y\"}}]},"
                    + "\"ranged\":{\"Keys\":[{\"b\":{\"N\":\"1.0\"},\"a\":{\"S\":\"x\"}}]}"))
        .isEqualTo(
            "{\"Responses\":{\"hashed\":[{\"a\":{\"S\":\"x\"},\"n\":{\"N\":\"1.5\"}}],"
                + "\"ranged\":[{\"a\":{\"S\":\"x\"},\"b\":{\"N\":\"1\"}}]},"
                + "\"UnprocessedKeys\":{}}");
  }

  @Test
  void what_a_batch_wrote_costs_its_size_later() {
    write(
        "\"hashed\":["
            + put("\"a\":{\"S\":\"x\"},\"big\":{\"S\":\"" + "b".repeat(5_000) + "\"}")
            + "]");
    assertThat(capacity(reads, "\"hashed\":{\"Keys\":[{\"a\":{\"S\":\"x\"}}]}", "TOTAL"))
        .contains("\"CapacityUnits\":1.0");
  }

  @Test
  void a_table_without_any_of_the_items_has_an_empty_list() {
    assertThat(read("\"hashed\":{\"Keys\":[{\"a\":{\"S\":\"x\"}}]}"))
        .isEqualTo("{\"Responses\":{\"hashed\":[]},\"UnprocessedKeys\":{}}");
  }

  @Test
  void each_table_has_a_projection_of_its_own() {
    write("\"hashed\":[" + put("\"a\":{\"S\":\"x\"},\"m\":{\"M\":{\"p\":{\"N\":\"1\"}}}") + "]");
    String keys = "\"Keys\":[{\"a\":{\"S\":\"x\"}}]";
    assertThat(
            read(
                "\"hashed\":{"
                    + keys
                    + ",\"ProjectionExpression\":\"#m.p\",\"ExpressionAttributeNames\":"
                    + "{\"#m\":\"m\"}},\"binary\":{\"Keys\":[{\"a\":{\"B\":\"AQ==\"}}]}"))
        .startsWith(
            "{\"Responses\":{\"hashed\":[{\"m\":{\"M\":{\"p\":{\"N\":\"1\"}}}}],\"binary\":[]}");
    assertThat(read("\"hashed\":{" + keys + ",\"AttributesToGet\":[\"a\",\"z\"]}"))
        .startsWith("{\"Responses\":{\"hashed\":[{\"a\":{\"S\":\"x\"}}]}");
  }

  @Test
  void a_table_may_be_named_by_its_arn_and_answers_by_its_name() {
    assertThat(
            capacity(writes, "\"" + ARN + "hashed\":[" + put("\"a\":{\"S\":\"x\"}") + "]", "TOTAL"))
        .contains("\"TableName\":\"hashed\"");
    assertThat(read("\"" + ARN + "hashed\":{\"Keys\":[{\"a\":{\"S\":\"x\"}}]}"))
        .startsWith("{\"Responses\":{\"hashed\":[{\"a\":{\"S\":\"x\"}}]}");
  }

  @Test
  void one_item_by_name_and_by_arn_is_a_duplicate() {
    refused(
        writes,
        "\"hashed\":["
            + put("\"a\":{\"S\":\"x\"}")
            + "],\""
            + ARN
            + "hashed\":["
            + put("\"a\":{\"S\":\"x\"}")
            + "]",
        DUPLICATES);
    refused(
        reads,
        "\"hashed\":{\"Keys\":[{\"a\":{\"S\":\"x\"}}]},\""
            + ARN
            + "hashed\":{\"Keys\":[{\"a\":{\"S\":\"x\"}}]}",
        DUPLICATES);
  }

  @Test
  void capacity_is_a_list_with_one_entry_for_each_table() {
    String large = "z".repeat(2_000);
    assertThat(
            capacity(
                writes,
                "\"hashed\":["
                    + put("\"a\":{\"S\":\"x\"}")
                    + ","
                    + put("\"a\":{\"S\":\"y\"},\"z\":{\"S\":\"" + large + "\"}")
                    + "],\"ranged\":["
                    + put("\"a\":{\"S\":\"x\"},\"b\":{\"N\":\"1\"}")
                    + "]",
                "INDEXES"))
        .isEqualTo(
            "{\"UnprocessedItems\":{},\"ConsumedCapacity\":["
                + "{\"TableName\":\"hashed\",\"CapacityUnits\":3.0,\"Table\":{\"CapacityUnits\":3.0}},"
                + "{\"TableName\":\"ranged\",\"CapacityUnits\":1.0,\"Table\":{\"CapacityUnits\":1.0}}"
                + "]}");
    assertThat(
            capacity(
                reads,
                "\"hashed\":{\"Keys\":[{\"a\":{\"S\":\"x\"}},{\"a\":{\"S\":\"none\"}}]},"
                    + "\"ranged\":{\"ConsistentRead\":true,"
                    + "\"Keys\":[{\"a\":{\"S\":\"x\"},\"b\":{\"N\":\"1\"}}]}",
                "TOTAL"))
        .endsWith(
            "\"ConsumedCapacity\":[{\"TableName\":\"hashed\",\"CapacityUnits\":1.0},"
                + "{\"TableName\":\"ranged\",\"CapacityUnits\":1.0}]}");
  }

  @Test
  void what_could_not_be_done_comes_back_to_be_sent_again() {
    cluster.nextWrite = new WriteOutcome.Unavailable("too many writes wait", false);
    assertThat(
            write(
                "\"hashed\":[{\"DeleteRequest\":{\"Key\":{\"a\":{\"S\":\"x\"}}}},"
                    + put("\"a\":{\"S\":\"y\"}")
                    + "]"))
        .isEqualTo(
            "{\"UnprocessedItems\":{\"hashed\":["
                + "{\"DeleteRequest\":{\"Key\":{\"a\":{\"S\":\"x\"}}}}]}}");
    cluster.nextRead = new ReadOutcome.Unavailable("too many reads wait");
    assertThat(
            read(
                "\"hashed\":{\"ConsistentRead\":true,\"ProjectionExpression\":\"#a\","
                    + "\"ExpressionAttributeNames\":{\"#a\":\"a\"},"
                    + "\"Keys\":[{\"a\":{\"S\":\"x\"}},{\"a\":{\"S\":\"y\"}}]}"))
        .isEqualTo(
            "{\"Responses\":{\"hashed\":[{\"a\":{\"S\":\"y\"}}]},\"UnprocessedKeys\":{\"hashed\":"
                + "{\"Keys\":[{\"a\":{\"S\":\"x\"}}],\"ConsistentRead\":true,"
                + "\"ProjectionExpression\":\"#a\",\"ExpressionAttributeNames\":{\"#a\":\"a\"}}}}");
  }

  @Test
  void a_table_that_is_deleted_meanwhile_is_not_found() {
    cluster.nextWrite = new WriteOutcome.Unavailable(TableGone.REASON, false);
    fails(
        writes,
        "\"hashed\":[" + put("\"a\":{\"S\":\"x\"}") + "]",
        ErrorType.RESOURCE_NOT_FOUND,
        "Requested resource not found");
    cluster.nextRead = new ReadOutcome.Unavailable(TableGone.REASON);
    fails(
        reads,
        "\"hashed\":{\"Keys\":[{\"a\":{\"S\":\"x\"}}]}",
        ErrorType.RESOURCE_NOT_FOUND,
        "Requested resource not found");
  }

  @Test
  void only_if_nothing_at_all_could_be_done_it_is_an_error() {
    cluster.nextWrite = new WriteOutcome.Unavailable("too many writes wait", false);
    fails(
        writes,
        "\"hashed\":[" + put("\"a\":{\"S\":\"x\"}") + "]",
        ErrorType.THROTTLING,
        "Nothing was written: too many writes wait");
    cluster.nextWrite = new WriteOutcome.Unavailable("no leader", true);
    fails(
        writes,
        "\"hashed\":[" + put("\"a\":{\"S\":\"x\"}") + "]",
        ErrorType.INTERNAL_SERVER_ERROR,
        "The write may or may not have been applied: no leader");
    cluster.nextRead = new ReadOutcome.Unavailable("no replica");
    fails(
        reads,
        "\"hashed\":{\"Keys\":[{\"a\":{\"S\":\"x\"}}]}",
        ErrorType.INTERNAL_SERVER_ERROR,
        "The item could not be read: no replica");
  }

  @Test
  void an_answer_has_16_megabytes_and_no_byte_more() {
    // 40 items of 409,600 bytes leave 393,216 of 16 MiB.
    for (int i = 0; i < 40; i++) {
      write("\"hashed\":[" + sized(String.valueOf(10 + i), 409_600) + "]");
    }
    write("\"hashed\":[" + sized("over", 393_217) + "," + sized("full", 393_216) + "]");
    String answer =
        read(
            "\"hashed\":{\"Keys\":[" + keys(10, 50) + "," + key("over") + "," + key("full") + "]}");
    assertThat(answer.split("\"z\"", -1)).hasSize(1 + 41);
    assertThat(answer).contains("\"a\":{\"S\":\"full\"}");
    assertThat(answer.substring(answer.indexOf("UnprocessedKeys")))
        .isEqualTo("UnprocessedKeys\":{\"hashed\":{\"Keys\":[" + key("over") + "]}}}");
  }

  /// A put of an item of so many DynamoDB bytes.
  private static String sized(String key, int bytes) {
    String rest = "z".repeat(bytes - "a".length() - key.length() - "z".length());
    return put("\"a\":{\"S\":\"" + key + "\"},\"z\":{\"S\":\"" + rest + "\"}");
  }

  @Test
  void an_answer_ends_before_the_item_that_makes_its_json_too_long_and_charges_for_no_more() {
    // 240 KB by DynamoDB's count and seven times as much in JSON.
    String nulls =
        IntStream.range(0, 120_000)
            .mapToObj(_ -> "{\"NULL\":true}")
            .collect(Collectors.joining(","));
    int items = 20;
    for (int i = 0; i < items; i++) {
      write(
          "\"hashed\":[" + put("\"a\":{\"S\":\"" + i + "\"},\"z\":{\"L\":[" + nulls + "]}") + "]");
    }
    String keys =
        IntStream.range(0, items)
            .mapToObj(i -> "{\"a\":{\"S\":\"" + i + "\"}}")
            .collect(Collectors.joining(","));
    String answer = capacity(reads, "\"hashed\":{\"Keys\":[" + keys + "]}", "TOTAL");
    // 14 items of 1,680,029 characters are below 24 MiB, the 15th would pass it.
    assertThat(answer.split("\"z\"", -1)).hasSize(1 + 14);
    assertThat(answer.substring(answer.indexOf("UnprocessedKeys")))
        .startsWith("UnprocessedKeys\":{\"hashed\":{\"Keys\":[{\"a\":{\"S\":\"14\"}},")
        .endsWith(
            "{\"a\":{\"S\":\"19\"}}]}},\"ConsumedCapacity\":[{\"TableName\":\"hashed\","
                + "\"CapacityUnits\":413.0}]}");
    assertThat(answer.length()).isLessThan(BatchAnswer.MAX_JSON_BYTES + KEYS_JSON_BYTES);
  }

  @Test
  void items_of_tiny_numbers_come_in_parts() {
    // 102 KB by DynamoDB's count, 4.8 MB in JSON.
    String list = String.join(",", Collections.nCopies(34_000, "{\"N\":\"1E-130\"}"));
    for (int i = 0; i < 8; i++) {
      write("\"hashed\":[" + put("\"a\":{\"S\":\"" + i + "\"},\"z\":{\"L\":[" + list + "]}") + "]");
    }
    String answer = read("\"hashed\":{\"Keys\":[" + keys(0, 8) + "]}");
    assertThat(answer.split("\"z\"", -1)).hasSize(1 + 5);
    assertThat(answer)
        .endsWith("\"UnprocessedKeys\":{\"hashed\":{\"Keys\":[" + keys(5, 8) + "]}}}");
    assertThat(answer.length()).isLessThan(BatchAnswer.MAX_JSON_BYTES + KEYS_JSON_BYTES);
    answer = read("\"hashed\":{\"Keys\":[" + keys(5, 8) + "]}");
    assertThat(answer.split("\"z\"", -1)).hasSize(1 + 3);
    assertThat(answer).endsWith("\"UnprocessedKeys\":{}}");
    answer = read("\"hashed\":{\"ProjectionExpression\":\"a\",\"Keys\":[" + keys(0, 8) + "]}");
    assertThat(answer).as("what is not told takes no room").endsWith("\"UnprocessedKeys\":{}}");
  }

  @Test
  void the_longest_items_come_one_by_one() {
    // 399 KB by DynamoDB's count, 25.7 MB in JSON.
    String set =
        IntStream.range(1, 10)
            .mapToObj(i -> "\"" + i + "E-130\"")
            .collect(Collectors.joining(",", "{\"NS\":[", "]}"));
    String list = String.join(",", Collections.nCopies(21_000, set));
    for (int i = 0; i < 2; i++) {
      write("\"hashed\":[" + put("\"a\":{\"S\":\"" + i + "\"},\"z\":{\"L\":[" + list + "]}") + "]");
    }
    write("\"hashed\":[" + puts(2, 3) + "]");
    for (int i = 0; i < 2; i++) {
      String answer = read("\"hashed\":{\"Keys\":[" + keys(i, 3) + "]}");
      assertThat(answer.split("\"z\"", -1)).hasSize(2);
      assertThat(answer)
          .endsWith("\"UnprocessedKeys\":{\"hashed\":{\"Keys\":[" + keys(i + 1, 3) + "]}}}");
      assertThat(answer.length())
          .isBetween(BatchAnswer.MAX_JSON_BYTES, LARGEST_ITEM_JSON_BYTES + KEYS_JSON_BYTES);
    }
    assertThat(LARGEST_ITEM_JSON_BYTES + KEYS_JSON_BYTES).isLessThan(HttpLimits.MAX_ANSWER_BYTES);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"hashed\":[{}]|" + MORE_THAN_ONE,
        "\"hashed\":[{\"PutRequest\":{\"Item\":{\"a\":{\"S\":\"x\"}}},\"DeleteRequest\":{\"Key\":{\"a\":{\"S\":\"y\"}}}}]|"
            + MORE_THAN_ONE,
        "\"hashed\":[{\"PutRequest\":{\"Item\":{\"a\":{}}}}]|Supplied AttributeValue is empty, must"
            + " contain exactly one of the supported datatypes",
        "\"hashed\":[{\"PutRequest\":{\"Item\":{\"a\":{\"S\":\"x\"}}}},{\"DeleteRequest\":{\"Key\":{\"a\":{\"S\":\"x\"}}}}]|"
            + DUPLICATES,
        "\"ranged\":[{\"PutRequest\":{\"Item\":{\"a\":{\"S\":\"x\"},\"b\":{\"N\":\"1\"}}}},{\"DeleteRequest\":{\"Key\":{\"a\":{\"S\":\"x\"},\"b\":{\"N\":\"1.0\"}}}}]|"
            + DUPLICATES,
        "\"hashed\":[{\"PutRequest\":{\"Item\":{\"b\":{\"S\":\"x\"}}}}]|" + NO_MATCH,
        "\"hashed\":[{\"PutRequest\":{\"Item\":{\"a\":{\"N\":\"1\"}}}}]|" + NO_MATCH,
        "\"hashed\":[{\"DeleteRequest\":{\"Key\":{\"a\":{\"S\":\"1\"},\"b\":{\"S\":\"1\"}}}}]|"
            + NO_MATCH,
        "\"ranged\":[{\"PutRequest\":{\"Item\":{\"a\":{\"S\":\"x\"}}}}]|" + NO_MATCH,
        "\"hashed\":[{\"PutRequest\":{\"Item\":{\"a\":{\"S\":\"\"}}}}]|One or more parameter values"
            + " are not valid. The AttributeValue for a key attribute cannot contain an empty"
            + " string value. Key: a",
        "\"binary\":[{\"DeleteRequest\":{\"Key\":{\"a\":{\"B\":\"\"}}}}]|One or more parameter"
            + " values are not valid. The AttributeValue for a key attribute cannot contain an"
            + " empty binary value. Key: a",
        "|The requestItems parameter is required for BatchWriteItem",
      })
  void writes_that_are_wrong_are_refused(String items, String message) {
    refused(writes, items == null ? "" : items, message);
    assertThat(cluster.lastWrite).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"hashed\":{\"Keys\":[{\"a\":{\"S\":\"x\"}},{\"a\":{\"S\":\"x\"}}]}|" + DUPLICATES,
        "\"ranged\":{\"Keys\":[{\"a\":{\"S\":\"x\"},\"b\":{\"N\":\"1\"}},{\"b\":{\"N\":\"1.0\"},\"a\":{\"S\":\"x\"}}]}|"
            + DUPLICATES,
        "\"nothing\":{\"Keys\":[{\"a\":{\"S\":\"x\"}},{\"a\":{\"S\":\"x\"}}]}|" + DUPLICATES,
        "\"hashed\":{\"Keys\":[{}]}|" + NO_MATCH,
        "\"hashed\":{\"Keys\":[{\"a\":{\"N\":\"1\"}}]}|" + NO_MATCH,
        "\"hashed\":{\"Keys\":[{\"a\":{\"S\":\"\"}}]}|One or more parameter values are not valid."
            + " The AttributeValue for a key attribute cannot contain an empty string value. Key:"
            + " a",
        "\"nothing\":{\"Keys\":[{}],\"AttributesToGet\":[\"a\",\"a\"]}|One or more parameter values"
            + " were invalid: Duplicate value in attribute name: a",
        "\"hashed\":{\"Keys\":[{}],\"AttributesToGet\":[\"a\"],\"ExpressionAttributeNames\":{\"#a\":\"a\"}}|ExpressionAttributeNames"
            + " can only be specified when using expressions",
        "\"hashed\":{\"Keys\":[{}],\"ProjectionExpression\":\"a\",\"ExpressionAttributeNames\":{\"#a\":\"a\"}}|Value"
            + " provided in ExpressionAttributeNames unused in expressions: keys: {#a}",
        "\"hashed\":{\"Keys\":[{}],\"ProjectionExpression\":\"\"}|Invalid ProjectionExpression: The"
            + " expression can not be empty;",
        "\"hashed\":{\"Keys\":[{}],\"ProjectionExpression\":\"a\"},\"ranged\":{\"Keys\":[{}],\"AttributesToGet\":[\"a\"]}|Can"
            + " not use both expression and non-expression parameters in the same request:"
            + " Non-expression parameters: {AttributesToGet} Expression parameters:"
            + " {ProjectionExpression}",
        "\"hashed\":{\"Keys\":[{\"a\":{\"S\":\"k\"}}],\"ProjectionExpression\":\"b, a.c\"}|Key"
            + " attributes must be scalars; list random access '[]' and map lookup '.' are not"
            + " allowed: Key: a",
        "\"abc\":{}|1 validation error detected: Value null at 'requestItems.abc.member.keys'"
            + " failed to satisfy constraint: Member must not be null",
        "\"abc\":{\"Keys\":[]}|1 validation error detected: Value '[]' at"
            + " 'requestItems.abc.member.keys' failed to satisfy constraint: Member must have"
            + " length greater than or equal to 1",
        "|The requestItems parameter is required for BatchGetItem",
      })
  void reads_that_are_wrong_are_refused(String items, String message) {
    refused(reads, items == null ? "" : items, message);
  }

  @Test
  void too_many_items_are_refused_over_one_table_and_over_all() {
    refused(
        writes,
        "\"hashed\":[" + puts(0, 13) + "],\"nothing\":[" + puts(13, 26) + "]",
        "Too many items requested for the BatchWriteItem call");
    refusedLike(
        writes,
        "\"hashed\":[" + puts(0, 26) + "]",
        "1 validation error detected: Value '\\{hashed=\\[.+]}' at 'requestItems' failed to satisfy"
            + " constraint: Map value must satisfy constraint: \\[Member must have length less than"
            + " or equal to 25, Member must have length greater than or equal to 1]");
    refused(
        reads,
        "\"hashed\":{\"Keys\":["
            + keys(0, 100)
            + "]},\"nothing\":{\"Keys\":["
            + keys(100, 101)
            + "]}",
        "Too many items requested for the BatchGetItem call");
    refused(
        reads,
        "\"hashed\":{\"Keys\":[" + keys(0, 101) + "]}",
        "1 validation error detected: Value at 'RequestItems.hashed.member.Keys' failed to satisfy"
            + " constraint: Member must have length less than or equal to 100");
  }

  @Test
  void constraints_are_told_in_the_services_order() {
    refusedLike(
        writes,
        "\"aa;\":[{\"PutRequest\":{},\"DeleteRequest\":{}}]},\"ReturnConsumedCapacity\":\"hi\","
            + "\"ReturnItemCollectionMetrics\":\"hi\",\"Other\":{",
        "5 validation errors detected: Value 'hi' at 'returnConsumedCapacity' failed to satisfy"
            + " constraint: Member must satisfy enum value set: \\[INDEXES, TOTAL, NONE]; Value"
            + " 'hi' at 'returnItemCollectionMetrics' failed to satisfy constraint: Member must"
            + " satisfy enum value set: \\[SIZE, NONE]; Value '\\{.+}' at 'requestItems' failed to"
            + " satisfy constraint: Map keys must satisfy constraint: \\[Member must have length"
            + " less than or equal to 255, Member must have length greater than or equal to 3,"
            + " Member must satisfy regular expression pattern: \\[a-zA-Z0-9_.-]\\+]; Value null at"
            + " 'requestItems.aa;.member.1.member.deleteRequest.key' failed to satisfy constraint:"
            + " Member must not be null; Value null at"
            + " 'requestItems.aa;.member.1.member.putRequest.item' failed to satisfy constraint:"
            + " Member must not be null");
  }

  @Test
  void an_item_that_is_too_large_stops_the_batch() {
    refused(
        writes,
        "\"nothing\":["
            + put("\"a\":{\"S\":\"x\"},\"z\":{\"S\":\"" + "z".repeat(409_600) + "\"}")
            + "]",
        "Item size has exceeded the maximum allowed size");
  }

  @Test
  void a_table_that_is_not_there_stops_the_batch() {
    String other = "\"hashed\":[" + put("\"a\":{\"S\":\"x\"}") + "],";
    fails(
        writes,
        other + "\"nothing\":[" + put("\"a\":{\"S\":\"x\"}") + "]",
        ErrorType.RESOURCE_NOT_FOUND,
        "Requested resource not found");
    fails(
        reads,
        "\"young\":{\"Keys\":[{\"a\":{\"S\":\"x\"}}]}",
        ErrorType.RESOURCE_NOT_FOUND,
        "Requested resource not found");
    assertThat(cluster.lastWrite).isNull();
  }

  private static String put(String attributes) {
    return "{\"PutRequest\":{\"Item\":{" + attributes + "}}}";
  }

  private static String puts(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> put("\"a\":{\"S\":\"" + i + "\"}"))
        .collect(Collectors.joining(","));
  }

  private static String keys(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> key(String.valueOf(i)))
        .collect(Collectors.joining(","));
  }

  private static String key(String value) {
    return "{\"a\":{\"S\":\"" + value + "\"}}";
  }

  private String write(String items) {
    return call(writes, "{\"RequestItems\":{" + items + "}}");
  }

  private String read(String items) {
    return call(reads, "{\"RequestItems\":{" + items + "}}");
  }

  private static String capacity(Operation operation, String items, String wanted) {
    return call(
        operation,
        "{\"RequestItems\":{" + items + "},\"ReturnConsumedCapacity\":\"" + wanted + "\"}");
  }

  private static String call(Operation operation, String json) {
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
    return new String(
        operation.handle(context, json.getBytes(StandardCharsets.UTF_8)).join().body(),
        StandardCharsets.UTF_8);
  }

  private static void refused(Operation operation, String items, String message) {
    fails(operation, items, ErrorType.VALIDATION, message);
  }

  private static void refusedLike(Operation operation, String items, String pattern) {
    ApiException refusal = failure(operation, items);
    assertThat(refusal.type()).isEqualTo(ErrorType.VALIDATION);
    assertThat(refusal.getMessage()).matches(pattern);
  }

  private static void fails(Operation operation, String items, ErrorType type, String message) {
    ApiException failure = failure(operation, items);
    assertThat(failure.getMessage()).isEqualTo(message);
    assertThat(failure.type()).isEqualTo(type);
  }

  /// Thrown, or in the future.
  private static ApiException failure(Operation operation, String items) {
    Throwable thrown = catchThrowable(() -> call(operation, "{\"RequestItems\":{" + items + "}}"));
    Throwable failure = thrown instanceof CompletionException ? thrown.getCause() : thrown;
    assertThat(failure).isInstanceOf(ApiException.class);
    return (ApiException) Objects.requireNonNull(failure);
  }
}
