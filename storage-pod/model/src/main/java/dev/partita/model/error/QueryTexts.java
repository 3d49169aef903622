package dev.partita.model.error;

import java.util.Collection;

/// Texts on key conditions, and on what else only `Query` and `Scan` take. Those on start keys are
/// dynalite's, which took them from the service; those on `Select` DynamoDB Local's and recordings.
public final class QueryTexts {

  public static final String NO_KEY_CONDITION =
      "Either the KeyConditions or KeyConditionExpression parameter must be specified in the"
          + " request.";
  public static final String ONE_OR_TWO_CONDITIONS = "Conditions can be of length 1 or 2 only";
  public static final String NOT_INDEXABLE =
      "Attempted conditional constraint is not an indexable operation";
  public static final String CONDITION_TYPE =
      Prefixes.invalid("Condition parameter type does not match schema type");
  public static final String NOT_SUPPORTED = "Query key condition not supported";
  public static final String NESTED_ATTRIBUTE =
      "KeyConditionExpressions cannot have conditions on nested attributes";
  public static final String NESTED_OPERATION =
      "KeyConditionExpressions cannot contain nested operations";
  public static final String KEY_TWICE =
      "KeyConditionExpressions must only contain one condition per key";
  public static final String TWO_ATTRIBUTES =
      invalidCondition("Multiple attribute names used in one condition");
  public static final String NO_KEY_ATTRIBUTE = invalidCondition("No key attribute specified");

  public static final String START_KEY = "The provided starting key is invalid";
  public static final String START_KEY_OUTSIDE =
      "The provided starting key is outside query boundaries based on provided conditions";
  public static final String START_KEY_SORT =
      "The provided starting key does not match the range key predicate";
  public static final String START_KEY_OF_ONE =
      "The query can return at most one row and cannot be restarted";

  public static final String NO_TOTAL_SEGMENTS =
      "The TotalSegments parameter is required but was not present in the request when Segment"
          + " parameter is present";
  public static final String NO_SEGMENT =
      "The Segment parameter is required but was not present in the request when parameter"
          + " TotalSegments is present";

  public static final String PROJECTED_WITHOUT_INDEX =
      "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName";
  public static final String SPECIFIC_WITHOUT_NAMES =
      "Must specify the AttributesToGet or ProjectionExpression when choosing to get"
          + " SPECIFIC_ATTRIBUTES";

  private QueryTexts() {}

  public static String noSuchIndex(String index) {
    return "The table does not have the specified index: " + index;
  }

  public static String missedKey(String key) {
    return "Query condition missed key schema element: " + key;
  }

  public static String invalidOperator(String operator) {
    return "Invalid operator used in KeyConditionExpression: " + operator;
  }

  public static String keyNotFirst(String operator) {
    return invalidCondition(
        operator + " operator must have the key attribute as its first operand");
  }

  private static String invalidCondition(String what) {
    return "Invalid condition in KeyConditionExpression: " + what;
  }

  /// @param filter `QueryFilter` or `Filter Expression`
  public static String filterOnKey(String filter, String key) {
    return filter + " can only contain non-primary key attributes: Primary key attribute: " + key;
  }

  public static String filterNotProjected(String index, Collection<String> attributes) {
    return Prefixes.invalid(
        "Secondary index "
            + index
            + " does not project one or more filter attributes: "
            + attributes);
  }

  public static String startKey(String why) {
    return START_KEY + ": " + why;
  }

  public static String startKeyOfOtherSegment(int total, int segment) {
    return startKey(
        "Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct Segment."
            + " TotalSegments: "
            + total
            + " Segment: "
            + segment);
  }

  public static String segmentTooHigh(long segment, long total) {
    return "The Segment parameter is zero-based and must be less than parameter TotalSegments:"
        + " Segment: "
        + segment
        + " is not less than TotalSegments: "
        + total;
  }

  /// @param projection parameter that names attributes
  public static String projectionBeside(String projection, String select) {
    return "Cannot specify the " + projection + " when choosing to get " + select;
  }
}
