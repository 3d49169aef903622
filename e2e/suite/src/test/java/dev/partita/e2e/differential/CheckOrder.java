package dev.partita.e2e.differential;

import dev.partita.e2e.wire.WireClient.Answer;
import java.util.List;
import java.util.Optional;

/// The service checks a request in stages: which parameters go together, their values, expressions,
/// what needs the schema, what is selected, what needs the item. DynamoDB Local mixes them, so of a
/// request with several faults it tells another one: a later one.
enum CheckOrder {
  COMBINATIONS(
      "Can not use both expression and non-expression parameters",
      "ExpressionAttributeNames can only be specified",
      "ExpressionAttributeValues can only be specified",
      "The Segment parameter is",
      "The TotalSegments parameter is",
      "If segment is specified, total segment",
      "ReturnValues can only be ALL_OLD or NONE",
      "If total segments is specified, a particular segment"),
  PARAMETERS(
      "Attempting to store more than 38",
      "Nesting Levels have exceeded",
      "The parameter cannot be converted to a numeric value",
      "Supplied AttributeValue",
      "ConditionalOperator can only be used",
      "Either the KeyConditions or KeyConditionExpression",
      "Conditions can be of length",
      "Cannot have two attributes with the same name",
      "The BETWEEN condition was provided",
      "The requestItems parameter is required",
      "The provided starting key is invalid: Supplied AttributeValue",
      "The provided starting key is invalid: The parameter cannot be converted",
      "The provided starting key is invalid: " + CheckOrder.INVALID,
      "The provided starting key is invalid: Input collection",
      "The provided starting key is invalid: Attempting to store",
      "The provided starting key is invalid: Number ",
      CheckOrder.INVALID + "ADD action is not supported",
      CheckOrder.INVALID + "An ",
      CheckOrder.INVALID + "AttributeValue",
      CheckOrder.INVALID + "ComparisonOperator",
      CheckOrder.INVALID + "DELETE action",
      CheckOrder.INVALID + "Duplicate value in attribute name",
      CheckOrder.INVALID + "Input collection",
      CheckOrder.INVALID + "Invalid number of argument",
      CheckOrder.INVALID + "Null attribute value types",
      CheckOrder.INVALID + "Only DELETE action",
      CheckOrder.INVALID + "Value ",
      "ExpressionAttribute"),
  EXPRESSIONS(
      "Invalid ", "KeyConditionExpressions cannot have conditions on nested", "Value provided in "),
  SCHEMA(
      "A value provided cannot be converted into a number",
      "One of the required keys was not given a value",
      "One or more parameter values are not valid.",
      "The list of keys in RequestItems for BatchGetItem may not contain null",
      "The update expression attempted to update the secondary index key",
      CheckOrder.INVALID + "Condition parameter type does not match",
      "Attempted conditional constraint is not an indexable operation",
      "Exclusive Start Key must have same size",
      "Exclusive start key must lie within the segment",
      "Hash primary key values must be under",
      "Input collection contains duplicates",
      "Invalid attribute value type",
      "Item size has exceeded",
      "Key attributes must be scalars",
      "Provided list of item keys contains duplicates",
      "Query condition missed key schema element",
      "Query key condition not supported",
      "The number of conditions on the keys is invalid",
      "The provided key element does not match the schema",
      "The provided starting key",
      "The query can return at most one row and cannot be restarted",
      "The table does not have the specified index",
      "Type mismatch for attribute to update",
      CheckOrder.INVALID + "Cannot update attribute",
      CheckOrder.INVALID + "Type mismatch for "),
  SELECT(
      "Cannot specify the ",
      "ALL_PROJECTED_ATTRIBUTES can be used only",
      "Must specify the AttributesToGet or ProjectionExpression"),
  ITEM(
      "DynamoDB only supports precision up to 38 digits",
      "An operand in the update expression has an incorrect data type",
      "Number overflow",
      "Number underflow",
      "The conditional request failed",
      "The document path provided in the update expression is invalid for update",
      "The provided expression refers to an attribute that does not exist in the item",
      "Updates on index keys must be of the same data type");

  private static final String INVALID = "One or more parameter values were invalid: ";

  @SuppressWarnings("ImmutableEnumChecker") // of List.of
  private final List<String> beginnings;

  CheckOrder(String... beginnings) {
    this.beginnings = List.of(beginnings);
  }

  /// Whether Partita's answer is of an earlier stage. An answer without an error is the last one.
  static boolean isEarlier(Answer ours, Answer theirs) {
    Optional<CheckOrder> here = ours.ok() ? Optional.empty() : of(ours.errorMessage());
    if (here.isEmpty()) {
      return false;
    }
    return theirs.ok()
        || of(theirs.errorMessage()).filter(there -> here.get().compareTo(there) < 0).isPresent();
  }

  /// Whether both tell of a fault of one stage.
  static boolean areBoth(CheckOrder stage, Answer ours, Answer theirs) {
    return of(ours.errorMessage()).filter(stage::equals).isPresent()
        && of(theirs.errorMessage()).filter(stage::equals).isPresent();
  }

  /// Whether both tell of a fault of some stage.
  static boolean areOfSomeStage(Answer ours, Answer theirs) {
    return isOfSomeStage(ours) && isOfSomeStage(theirs);
  }

  static boolean isOfSomeStage(Answer answer) {
    return of(answer.errorMessage()).isPresent();
  }

  /// The stage with the longest beginning of a text.
  private static Optional<CheckOrder> of(String text) {
    CheckOrder best = null;
    int longest = 0;
    for (CheckOrder stage : values()) {
      for (String beginning : stage.beginnings) {
        if (text.startsWith(beginning) && beginning.length() > longest) {
          best = stage;
          longest = beginning.length();
        }
      }
    }
    return Optional.ofNullable(best);
  }
}
