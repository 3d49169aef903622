package dev.partita.server.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

/// The parameters that came before expressions. Texts and their order were seen from DynamoDB Local
/// where the service's own are not published.
class LegacyParametersTest {

  private static final String KEY = "'Key':{'a':{'S':'k'}},";

  private final FakeCluster cluster = new FakeCluster();

  @Test
  void attributes_to_get_are_top_level_attributes() {
    put("'a':{'S':'k'},'b':{'N':'1'},'c.d':{'N':'2'},'c':{'M':{'d':{'N':'3'}}}");
    assertThat(get("'AttributesToGet':['c.d','b','none']"))
        .isEqualTo("{'Item':{'c.d':{'N':'2'},'b':{'N':'1'}}}");
    assertThat(get("'AttributesToGet':['none']")).isEqualTo("{'Item':{}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          'AttributesToGet':['b','c','b']                       | One or more parameter values were invalid: Duplicate value in attribute name: b
          'AttributesToGet':['']                                | Empty attribute name
          'AttributesToGet':['b'],'ProjectionExpression':'b'    | Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {AttributesToGet} Expression parameters: {ProjectionExpression}
          'AttributesToGet':['b'],'ExpressionAttributeNames':{'#b':'b'} | ExpressionAttributeNames can only be specified when using expressions
          """)
  void attributes_to_get_are_checked(String members, String message) {
    refuses(new GetItem(cluster), KEY + members, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          'b':{'Exists':false}                                         | false
          'c':{'Exists':false}                                         | true
          'b':{'Value':{'S':'hello'}}                                  | true
          'b':{'Value':{'S':'hello'},'Exists':true}                    | true
          'b':{'Value':{'S':'no'}}                                     | false
          'b':{'ComparisonOperator':'EQ','Value':{'S':'hello'}}        | true
          'b':{'ComparisonOperator':'IN','AttributeValueList':[{'S':'x'},{'S':'hello'}]} | true
          'b':{'ComparisonOperator':'NULL'}                            | false
          'b':{'ComparisonOperator':'NULL','AttributeValueList':[]}    | false
          'b':{'ComparisonOperator':'NOT_NULL'}                        | true
          'b':{'ComparisonOperator':'BETWEEN','AttributeValueList':[{'S':'a'},{'S':'i'}]} | true
          'b':{'ComparisonOperator':'BEGINS_WITH','Value':{'S':'hel'}} | true
          'c':{'ComparisonOperator':'NOT_CONTAINS','Value':{'S':'x'}}  | false
          'c':{'ComparisonOperator':'NE','Value':{'S':'x'}}            | true
          'b':{'Value':{'S':'hello'}},'c':{'Value':{'S':'x'}}          | false
          """)
  void writes_happen_where_it_is_as_expected(String expected, boolean written) {
    put("'a':{'S':'k'},'b':{'S':'hello'}");
    for (Operation operation : new Operation[] {new UpdateItem(cluster), new DeleteItem(cluster)}) {
      put("'a':{'S':'k'},'b':{'S':'hello'}");
      Reply reply = reply(operation, KEY + "'Expected':{" + expected + "}");
      assertThat(reply.error()).isEqualTo(written ? null : ErrorType.CONDITIONAL_CHECK_FAILED);
    }
    put("'a':{'S':'k'},'b':{'S':'hello'}");
    Reply reply =
        reply(
            new PutItem(cluster),
            "'Item':{'a':{'S':'k'},'b':{'S':'hello'}},'Expected':{" + expected + "}");
    assertThat(reply.error()).isEqualTo(written ? null : ErrorType.CONDITIONAL_CHECK_FAILED);
  }

  @Test
  void one_of_several_expectations_may_be_enough() {
    put("'a':{'S':'k'},'b':{'S':'hello'}");
    String expected =
        "'Expected':{'b':{'Value':{'S':'hello'}},'c':{'Value':{'S':'x'}}},'ConditionalOperator':";
    assertThat(reply(new UpdateItem(cluster), KEY + expected + "'OR'").status()).isEqualTo(200);
    assertThat(reply(new UpdateItem(cluster), KEY + expected + "'AND'").status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          'Expected':{'x':{}}                                            | One or more parameter values were invalid: Value must be provided when Exists is null for Attribute: x
          'Expected':{'x':{'Exists':true}}                               | One or more parameter values were invalid: Value must be provided when Exists is true for Attribute: x
          'Expected':{'x':{'Exists':false,'Value':{'S':'a'}}}            | One or more parameter values were invalid: Value cannot be used when Exists is false for Attribute: x
          'Expected':{'x':{'Exists':false,'ComparisonOperator':'NULL'}}  | One or more parameter values were invalid: Exists and ComparisonOperator cannot be used together for Attribute: x
          'Expected':{'x':{'Value':{'S':'a'},'AttributeValueList':[{'S':'a'}]}} | One or more parameter values were invalid: Value and AttributeValueList cannot be used together for Attribute: x
          'Expected':{'x':{'AttributeValueList':[{'S':'a'}]}}            | One or more parameter values were invalid: AttributeValueList can only be used with a ComparisonOperator for Attribute: x
          'Expected':{'x':{'ComparisonOperator':'EQ'}}                   | One or more parameter values were invalid: Value or AttributeValueList must be used with ComparisonOperator: EQ for Attribute: x
          'Expected':{'x':{'ComparisonOperator':'EQ','AttributeValueList':[]}} | One or more parameter values were invalid: Invalid number of argument(s) for the EQ ComparisonOperator
          'Expected':{'x':{'ComparisonOperator':'NULL','Value':{'S':'a'}}} | One or more parameter values were invalid: Invalid number of argument(s) for the NULL ComparisonOperator
          'Expected':{'x':{'ComparisonOperator':'LT','Value':{'BOOL':true}}} | One or more parameter values were invalid: ComparisonOperator LT is not valid for BOOL AttributeValue type
          'Expected':{'x':{'Value':{}}}                                  | Supplied AttributeValue is empty, must contain exactly one of the supported datatypes
          'Expected':{'x':{'ComparisonOperator':'EQ','AttributeValueList':[{'SS':[]}]}} | One or more parameter values were invalid: An string set  may not be empty
          'Expected':{'':{'Exists':false}}                               | Empty attribute name
          'Expected':{'y':{'ComparisonOperator':'EQ'},'x':{}}            | One or more parameter values were invalid: Value or AttributeValueList must be used with ComparisonOperator: EQ for Attribute: y
          'Expected':{'x':{'Exists':false}},'ConditionalOperator':'OR'   | ConditionalOperator can only be used when Filter or Expected has two or more elements
          'ConditionalOperator':'OR'                                     | ConditionalOperator cannot be used without Filter or Expected
          'Expected':{},'ConditionalOperator':'AND'                      | ConditionalOperator cannot be used without Filter or Expected
          'Expected':{'x':{'ComparisonOperator':'FOO'}}                  | 1 validation error detected: Value 'FOO' at 'expected.x.member.comparisonOperator' failed to satisfy constraint: Member must satisfy enum value set: [IN, NULL, BETWEEN, LT, NOT_CONTAINS, EQ, GT, NOT_NULL, NE, LE, BEGINS_WITH, GE, CONTAINS]
          'Expected':{'x':{}},'ConditionalOperator':'OR','ConditionExpression':'x = y' | Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {Expected, ConditionalOperator} Expression parameters: {ConditionExpression}
          """)
  void expectations_are_checked_by_all_writes(String members, String message) {
    refuses(new PutItem(cluster), "'Item':{'a':{'S':'k'}}," + members, message);
    refuses(new DeleteItem(cluster), KEY + members, message);
    refuses(new UpdateItem(cluster), KEY + members, message);
    assertThat(cluster.lastWrite).isNull();
  }

  @Test
  void attribute_updates_put_add_and_delete() {
    put("'a':{'S':'k'},'n':{'N':'5'},'ss':{'SS':['p','q']},'l':{'L':[]},'x':{'S':'y'}");
    assertThat(
            update(
                "'AttributeUpdates':{'n':{'Action':'ADD','Value':{'N':'1'}},"
                    + "'ss':{'Action':'DELETE','Value':{'SS':['q','r']}},"
                    + "'l':{'Action':'ADD','Value':{'L':[{'S':'z'}]}},"
                    + "'x':{'Action':'DELETE'},'p':{'Action':'PUT','Value':{'S':'1'}},"
                    + "'d':{'Value':{'S':'2'}}},'ReturnValues':'ALL_NEW'"))
        .contains("'n':{'N':'6'}", "'ss':{'SS':['p']}", "'l':{'L':[{'S':'z'}]}")
        .contains("'p':{'S':'1'}", "'d':{'S':'2'}")
        .doesNotContain("'x':");
  }

  @Test
  void attribute_updates_make_the_item_if_need_be() {
    assertThat(update("'AttributeUpdates':{'x':{'Action':'DELETE'}},'ReturnValues':'ALL_NEW'"))
        .isEqualTo("{'Attributes':{'a':{'S':'k'}}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          'AttributeUpdates':{'x':{'Action':'PUT'}}                         | One or more parameter values were invalid: Only DELETE action is allowed when no attribute value is specified
          'AttributeUpdates':{'x':{}}                                       | One or more parameter values were invalid: Only DELETE action is allowed when no attribute value is specified
          'AttributeUpdates':{'x':{'Action':'ADD','Value':{'S':'y'}}}       | One or more parameter values were invalid: ADD action is not supported for the type S
          'AttributeUpdates':{'x':{'Action':'DELETE','Value':{'N':'1'}}}    | One or more parameter values were invalid: DELETE action with value is not supported for the type N
          'AttributeUpdates':{'x':{'Action':'DELETE','Value':{'L':[]}}}     | One or more parameter values were invalid: DELETE action with value is not supported for the type L
          'AttributeUpdates':{'a':{'Action':'PUT','Value':{'S':'y'}}}       | One or more parameter values were invalid: Cannot update attribute a. This attribute is part of the key
          'AttributeUpdates':{'s':{'Action':'ADD','Value':{'N':'1'}}}       | Type mismatch for attribute to update
          'AttributeUpdates':{'x':{'Value':{}}}                             | Supplied AttributeValue is empty, must contain exactly one of the supported datatypes
          'AttributeUpdates':{'':{'Action':'DELETE'}}                       | Empty attribute name
          'AttributeUpdates':{'x':{'Action':'PUT'}},'Expected':{'y':{}}     | One or more parameter values were invalid: Value must be provided when Exists is null for Attribute: y
          'AttributeUpdates':{'x':{'Action':'DELETE'}},'ConditionExpression':'x = y' | Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {AttributeUpdates} Expression parameters: {ConditionExpression}
          'AttributeUpdates':{'x':{'Action':'DELETE'}},'UpdateExpression':'REMOVE x' | Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {AttributeUpdates} Expression parameters: {UpdateExpression}
          """)
  void attribute_updates_are_checked(String members, String message) {
    put("'a':{'S':'k'},'s':{'S':'y'}");
    refuses(new UpdateItem(cluster), KEY + members, message);
  }

  @Test
  void nothing_is_inside_a_key_attribute() {
    String text =
        "Key attributes must be scalars; list random access '[]' and map lookup '.' are not"
            + " allowed: Key: a";
    refuses(new GetItem(cluster), KEY + "'ProjectionExpression':'b.c, a.b'", text);
    refuses(new DeleteItem(cluster), KEY + "'ConditionExpression':'attribute_exists(a[0])'", text);
    refuses(new UpdateItem(cluster), KEY + "'UpdateExpression':'SET x = a.b'", text);
    refuses(
        new UpdateItem(cluster),
        KEY + "'UpdateExpression':'SET a.b = x'",
        "One or more parameter values were invalid: Cannot update attribute a. This attribute is"
            + " part of the key");
  }

  private void put(String item) {
    assertThat(call(new PutItem(cluster), "'Item':{" + item + "}")).isEqualTo("{}");
    cluster.lastWrite = null;
  }

  private String get(String members) {
    return call(new GetItem(cluster), KEY + members);
  }

  private String update(String members) {
    return call(new UpdateItem(cluster), KEY + members);
  }

  private static String call(Operation operation, String members) {
    Reply reply = reply(operation, members);
    assertThat(reply.status()).isEqualTo(200);
    return new String(reply.body(), StandardCharsets.UTF_8).replace('"', '\'');
  }

  private static Reply reply(Operation operation, String members) {
    String json = "{'TableName':'hashed'," + members + "}";
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
    return operation
        .handle(context, json.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
        .join();
  }

  /// Refused while reading, by throwing, or later, by the future.
  private static void refuses(Operation operation, String members, String message) {
    assertThatThrownBy(
            () -> {
              try {
                reply(operation, members);
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
