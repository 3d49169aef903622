package dev.partita.server.item;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.model.command.WriteOutcome;
import dev.partita.model.command.WriteOutcome.IndexWrites;
import dev.partita.model.error.ApiException;
import dev.partita.server.operation.AnswerMemory;
import dev.partita.server.operation.Operation;
import dev.partita.server.operation.Reply;
import dev.partita.server.operation.RequestContext;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Writes to a table with local secondary indexes: what the request alone reveals, and what is told
/// of indexes and collections.
class IndexedWritesTest {

  private static final String INVALID = "One or more parameter values were invalid: ";
  private static final String NOT_VALID = "One or more parameter values are not valid. ";

  private final FakeCluster cluster = new FakeCluster();

  private String call(Operation operation, String members) {
    String body = "{'TableName':'indexed'," + members + "}";
    RequestContext context =
        new RequestContext(
            "R",
            "p",
            operation.name(),
            "h",
            "local-1",
            "000000000000",
            InstantSource.system(),
            AnswerMemory.UNCOUNTED);
    try {
      Reply reply =
          operation
              .handle(context, body.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
              .join();
      return new String(reply.body(), StandardCharsets.UTF_8);
    } catch (ApiException e) {
      return e.type() + " " + e.getMessage();
    } catch (CompletionException e) {
      return e.getCause() instanceof ApiException a
          ? a.type() + " " + a.getMessage()
          : e.toString();
    }
  }

  private String put(String attributes) {
    return call(new PutItem(cluster), "'Item':{'a':{'S':'p'},'b':{'N':'1'}," + attributes + "}");
  }

  private String update(String expression, String value) {
    return call(
        new UpdateItem(cluster),
        "'Key':{'a':{'S':'p'},'b':{'N':'1'}},'UpdateExpression':'"
            + expression
            + "','ExpressionAttributeValues':{':v':"
            + value
            + "}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'c':{'N':'1'} | Type mismatch for Index Key c Expected: S Actual: N IndexName: one
          'c':{'NULL':true} | Type mismatch for Index Key c Expected: S Actual: NULL IndexName: one
          'c':{'L':[]},'d':{'S':'x'} | Type mismatch for Index Key d Expected: B Actual: S IndexName: bin
          'c':{'S':''},'d':{'S':'x'} | Type mismatch for Index Key d Expected: B Actual: S IndexName: bin
          """)
  void anItemWhoseAttributeIsNoKeyOfItsTypeIsRefused(String attributes, String text) {
    assertThat(put(attributes)).isEqualTo("VALIDATION " + INVALID + text);
  }

  @Test
  void anItemWhoseKeyOfAnIndexIsEmptyOrTooLongIsRefused() {
    String unsupported =
        "VALIDATION "
            + NOT_VALID
            + "A value specified for a secondary index key is not supported. The AttributeValue for"
            + " a key attribute cannot contain an empty ";
    assertThat(put("'c':{'S':''}"))
        .isEqualTo(unsupported + "string value. IndexName: one, IndexKey: c");
    assertThat(put("'d':{'B':''}"))
        .isEqualTo(unsupported + "binary value. IndexName: bin, IndexKey: d");
    assertThat(put("'c':{'S':'" + "x".repeat(1_025) + "'}"))
        .isEqualTo(
            "VALIDATION "
                + INVALID
                + "Size limit exceeded for Index Key c Actual Size: 1025 bytes Max Size: 1024 bytes"
                + " IndexName: one");
    assertThat(put("'c':{'S':'" + "x".repeat(1_024) + "'}")).isEqualTo("{}");
  }

  @Test
  void anItemIsBoundTogetherWithItsEntries() {
    String half = "'x':{'S':'" + "x".repeat(205_000) + "'}";
    assertThat(put(half)).isEqualTo("{}");
    assertThat(put("'c':{'S':'1'}," + half))
        .isEqualTo("VALIDATION Item size has exceeded the maximum allowed size");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          SET c = :v | {'N':'1'} | N
          SET e = e, c = :v | {'N':'1'} | N
          SET c = e + :v | {'N':'1'} | N
          SET c = list_append(e, :v) | {'L':[]} | L
          ADD c :v | {'N':'1'} | N
          DELETE c :v | {'SS':['1']} | SS
          """)
  void anUpdateThatNamesAValueOfAnotherTypeIsRefused(String expression, String value, String type) {
    assertThat(update(expression, value))
        .isEqualTo(
            "VALIDATION "
                + INVALID
                + "Type mismatch for Index Key c Expected: S Actual: "
                + type
                + " IndexName: one");
  }

  @Test
  void anUpdateThatNamesAnEmptyKeyIsRefusedInWordsOfItsOwn() {
    assertThat(update("SET c = :v", "{'S':''}"))
        .isEqualTo(
            "VALIDATION "
                + NOT_VALID
                + "The update expression attempted to update a secondary index key to a value that"
                + " is not supported. The AttributeValue for a key attribute cannot contain an"
                + " empty string value.");
    // What else it may come to, the item says.
    assertThat(update("SET c = if_not_exists(c, :v)", "{'S':'x'}")).isEqualTo("{}");
  }

  @Test
  void attributeUpdatesAreToldAsItemsAre() {
    String older = "'Key':{'a':{'S':'p'},'b':{'N':'1'}},'AttributeUpdates':{'c':{'Action':'PUT',";
    assertThat(call(new UpdateItem(cluster), older + "'Value':{'N':'1'}}}"))
        .isEqualTo(
            "VALIDATION "
                + INVALID
                + "Type mismatch for Index Key c Expected: S Actual: N IndexName: one");
    assertThat(call(new UpdateItem(cluster), older + "'Value':{'S':''}}}"))
        .endsWith("cannot contain an empty string value. IndexName: one, IndexKey: c");
  }

  @Test
  void capacityIsToldByIndex() {
    cluster.nextWrite =
        new WriteOutcome.Written(null, 0, 2_000, new IndexWrites(List.of(3, 0, 1), 5));
    assertThat(
            put("'x':{'S':'x'}},'ReturnConsumedCapacity':'INDEXES','ExpressionAttributeNames':{"))
        .isEqualTo(
            """
            {"ConsumedCapacity":{"TableName":"indexed","CapacityUnits":6.0,\
            "Table":{"CapacityUnits":2.0},\
            "LocalSecondaryIndexes":{"two":{"CapacityUnits":3.0},"bin":{"CapacityUnits":1.0}}}}""");
    cluster.nextWrite =
        new WriteOutcome.Written(null, 0, 2_000, new IndexWrites(List.of(3, 0, 1), 5));
    assertThat(put("'x':{'S':'x'}},'ReturnConsumedCapacity':'TOTAL','ExpressionAttributeNames':{"))
        .isEqualTo("{\"ConsumedCapacity\":{\"TableName\":\"indexed\",\"CapacityUnits\":6.0}}");
  }

  @Test
  void theSizeOfTheCollectionIsToldInGigabytes() {
    cluster.nextWrite =
        new WriteOutcome.Written(null, 0, 9, new IndexWrites(List.of(0, 0, 0), (3L << 30) + 1));
    assertThat(
            put("'x':{'S':'x'}},'ReturnItemCollectionMetrics':'SIZE','ExpressionAttributeNames':{"))
        .isEqualTo(
            """
            {"ItemCollectionMetrics":{"ItemCollectionKey":{"a":{"S":"p"}},\
            "SizeEstimateRangeGB":[3.0,4.0]}}""");
    cluster.nextWrite = new WriteOutcome.Written(null, 0, 9);
    assertThat(
            put("'x':{'S':'x'}},'ReturnItemCollectionMetrics':'SIZE','ExpressionAttributeNames':{"))
        .isEqualTo("{}");
  }

  @Test
  void aBatchIsCheckedAndToldLikeSingleWrites() {
    String item = "{'PutRequest':{'Item':{'a':{'S':'p'},'b':{'N':'1'},'c':{'N':'1'}}}}";
    assertThat(batch(item))
        .isEqualTo(
            "VALIDATION "
                + INVALID
                + "Type mismatch for Index Key c Expected: S Actual: N IndexName: one");
    cluster.nextWrite = new WriteOutcome.Written(null, 0, 9, new IndexWrites(List.of(0, 2, 0), 9));
    assertThat(batch(item.replace("{'N':'1'}}}}", "{'S':'1'}}}}")))
        .isEqualTo(
            """
            {"UnprocessedItems":{},\
            "ItemCollectionMetrics":{"indexed":[{"ItemCollectionKey":{"a":{"S":"p"}},\
            "SizeEstimateRangeGB":[0.0,1.0]}]},\
            "ConsumedCapacity":[{"TableName":"indexed","CapacityUnits":3.0,\
            "Table":{"CapacityUnits":1.0},\
            "LocalSecondaryIndexes":{"one":{"CapacityUnits":2.0}}}]}""");
    cluster.nextWrite = WriteOutcome.CollectionFull.INSTANCE;
    assertThat(batch(item.replace("{'N':'1'}}}}", "{'S':'1'}}}}")))
        .isEqualTo("ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED Collection size exceeded.");
  }

  private String batch(String request) {
    return call(
        new BatchWriteItem(cluster),
        "'RequestItems':{'indexed':["
            + request
            + "]},'ReturnItemCollectionMetrics':'SIZE','ReturnConsumedCapacity':'INDEXES'");
  }

  @Test
  void aFullCollectionIsAnErrorOfItsOwn() {
    cluster.nextWrite = WriteOutcome.CollectionFull.INSTANCE;
    assertThat(put("'x':{'S':'x'}"))
        .isEqualTo("ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED Collection size exceeded.");
  }
}
