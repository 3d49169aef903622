package dev.partita.e2e.differential;

import static dev.partita.e2e.differential.Sides.INVALID;
import static dev.partita.e2e.differential.Sides.holds;
import static dev.partita.e2e.differential.Sides.ours;
import static dev.partita.e2e.differential.Sides.starts;
import static dev.partita.e2e.differential.Sides.texts;
import static dev.partita.e2e.differential.Sides.theirType;
import static dev.partita.e2e.differential.Sides.theirs;
import static dev.partita.e2e.differential.TextDifferences.LOCAL_KEY_TEXTS;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Where a request has several faults and the other one is told, or an earlier one.
final class OrderDifferences {

  private static final Pattern CONSTRAINTS = Pattern.compile("\\d+ validation errors? detected: ");

  private static final List<String> SCHEMA_FAULTS =
      List.of(
          "The provided key element does not match the schema",
          INVALID + "Cannot update attribute",
          INVALID + "Type mismatch for Index Key ",
          "Type mismatch for attribute to update",
          "One or more parameter values are not valid. The update expression attempted",
          "Key attributes must be scalars");

  /// Faults that only the item's image reveals.
  private static final List<String> RUN_TIME_TEXTS =
      List.of(
          "An operand in the update expression has an incorrect data type",
          "The document path provided in the update expression is invalid for update",
          "The provided expression refers to an attribute that does not exist in the item",
          "Type mismatch for attribute to update",
          "Number overflow",
          "Number underflow",
          "DynamoDB only supports precision up to 38 digits");

  static final List<KnownDifference> ALL =
      List.of(
          new KnownDifference(
              "what the request alone reveals comes before what needs the table's schema",
              (c, a) ->
                  starts(ours(a), List.of("Invalid ", "ExpressionAttribute", "Value provided in "))
                      && starts(theirs(a), LOCAL_KEY_TEXTS)),
          new KnownDifference(
              "what needs only the schema comes before what needs the item",
              (c, a) ->
                  ours(a).startsWith(INVALID + "Cannot update attribute ")
                      && theirType(a).equals("ConditionalCheckFailedException")),
          texts(
              "returnValues is an enumeration, checked with the model's constraints",
              List.of(
                  "1 validation error detected: Value 'INVALID' at 'returnValues'",
                  "ReturnValues can only be ALL_OLD or NONE",
                  "Can not use both expression",
                  "ExpressionAttribute",
                  "Invalid ",
                  "Value provided in "),
              List.of("Return values set to invalid value")),
          new KnownDifference(
              "the model's constraints come first, and returnConsumedCapacity is one of them",
              (c, a) ->
                  CONSTRAINTS.matcher(ours(a)).lookingAt()
                      && (!a.theirs().ok() || holds(ours(a), "at 'returnConsumedCapacity'"))),
          new KnownDifference(
              "a request is validated before its table is looked up",
              (c, a) ->
                  a.ours().errorType().equals("ValidationException")
                      && theirType(a).equals("ResourceNotFoundException")),
          texts(
              "of several faults that the item reveals, any may be told",
              RUN_TIME_TEXTS,
              RUN_TIME_TEXTS),
          new KnownDifference(
              "requests are checked in stages; DynamoDB Local mixes them",
              (c, a) -> !a.theirs().ok() && CheckOrder.isEarlier(a.ours(), a.theirs())),
          new KnownDifference(
              "what an update would put into an index's key is checked before the item is looked at",
              (c, a) ->
                  c.operation().equals("UpdateItem")
                      && ours(a).startsWith(INVALID + "Type mismatch for Index Key ")
                      && CheckOrder.isEarlier(a.ours(), a.theirs())),
          new KnownDifference(
              "a query's other parameters are checked before its key conditions",
              (c, a) ->
                  (c.body().has("KeyConditions")
                          || theirs(a).startsWith("Either the KeyConditions"))
                      && CheckOrder.areBoth(CheckOrder.PARAMETERS, a.ours(), a.theirs())),
          new KnownDifference(
              "an expression of no characters is one; DynamoDB Local takes it for none",
              (c, a) ->
                  c.body().propertyStream().anyMatch(OrderDifferences::isEmptyExpression)
                      && (CheckOrder.isEarlier(a.ours(), a.theirs())
                          || holds(theirs(a), "can only be specified when using expressions")
                          || ours(a).endsWith("The expression can not be empty;")
                          || ours(a).startsWith("Can not use both expression")
                          || ours(a).startsWith("The Segment parameter is"))),
          new KnownDifference(
              "of a key only what the schema has is looked at",
              (c, a) ->
                  ours(a).equals("The provided key element does not match the schema")
                      && theirs(a).startsWith("Nesting Levels have exceeded")),
          new KnownDifference(
              "a starting key's values are checked before key conditions and expressions",
              (c, a) ->
                  c.body().has("ExclusiveStartKey")
                      && ours(a).startsWith("The provided starting key is invalid: ")
                      && CheckOrder.areBoth(CheckOrder.PARAMETERS, a.ours(), a.theirs())),
          new KnownDifference(
              "key conditions are missed before expressions are looked at",
              (c, a) ->
                  ours(a).startsWith("Either the KeyConditions or KeyConditionExpression")
                      && CheckOrder.areBoth(CheckOrder.PARAMETERS, a.ours(), a.theirs())),
          new KnownDifference(
              "a batch's requests are checked one by one before they are counted",
              (c, a) ->
                  theirs(a).startsWith("Too many items requested")
                      && CheckOrder.isOfSomeStage(a.ours())),
          new KnownDifference(
              "a batch names its tables in no order: of several faults any may be told",
              (c, a) ->
                  c.body().path("RequestItems").size() > 1
                      && CheckOrder.areOfSomeStage(a.ours(), a.theirs())),
          texts(
              "of several faults that the schema reveals, any may be told",
              SCHEMA_FAULTS,
              SCHEMA_FAULTS));

  private OrderDifferences() {}

  private static boolean isEmptyExpression(Map.Entry<String, JsonNode> parameter) {
    return parameter.getKey().endsWith("Expression") && parameter.getValue().asText("").isEmpty();
  }
}
