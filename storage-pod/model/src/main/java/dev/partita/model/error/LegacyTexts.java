package dev.partita.model.error;

/// Texts on the parameters that were there before expressions. Source of those on `Expected` and
/// `AttributeUpdates`: DynamoDB Local.
public final class LegacyTexts {

  public static final String MIXED_TYPES =
      Prefixes.invalid("AttributeValues inside AttributeValueList must be of same type");
  public static final String BOUNDS_REVERSED =
      "The BETWEEN condition was provided a range where the lower bound is greater than the upper"
          + " bound";
  public static final String OPERATOR_WITHOUT_FILTER =
      "ConditionalOperator cannot be used without Filter or Expected";
  public static final String OPERATOR_OF_ONE =
      "ConditionalOperator can only be used when Filter or Expected has two or more elements";
  public static final String NO_VALUE =
      Prefixes.invalid("Only DELETE action is allowed when no attribute value is specified");

  private LegacyTexts() {}

  public static String wrongCount(String operator) {
    return Prefixes.invalid(
        "Invalid number of argument(s) for the " + operator + " ComparisonOperator");
  }

  public static String wrongType(String operator, String type) {
    return Prefixes.invalid(
        "ComparisonOperator " + operator + " is not valid for " + type + " AttributeValue type");
  }

  public static String nameTwice(String attribute) {
    return Prefixes.invalid("Duplicate value in attribute name: " + attribute);
  }

  public static String addType(String type) {
    return Prefixes.invalid("ADD action is not supported for the type " + type);
  }

  public static String deleteType(String type) {
    return Prefixes.invalid("DELETE action with value is not supported for the type " + type);
  }

  public static String valueAndList(String attribute) {
    return expected("Value and AttributeValueList cannot be used together", attribute);
  }

  public static String listWithoutOperator(String attribute) {
    return expected("AttributeValueList can only be used with a ComparisonOperator", attribute);
  }

  public static String existsAndOperator(String attribute) {
    return expected("Exists and ComparisonOperator cannot be used together", attribute);
  }

  public static String operatorWithoutValue(String operator, String attribute) {
    return expected(
        "Value or AttributeValueList must be used with ComparisonOperator: " + operator, attribute);
  }

  public static String valueOfMissing(String attribute) {
    return expected("Value cannot be used when Exists is false", attribute);
  }

  /// @param exists as the request has it: `true` or `null`
  public static String valueRequired(String exists, String attribute) {
    return expected("Value must be provided when Exists is " + exists, attribute);
  }

  private static String expected(String what, String attribute) {
    return Prefixes.invalid(what + " for Attribute: " + attribute);
  }
}
