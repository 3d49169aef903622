package dev.partita.model.error;

import java.util.List;

/// Texts on attribute values, their names and numbers.
public final class AttributeTexts {

  public static final String NO_TYPE =
      "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes";
  public static final String SEVERAL_TYPES =
      "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the"
          + " supported datatypes";

  public static final String NULL_NOT_TRUE =
      Prefixes.invalid("Null attribute value types must have the value of true");
  public static final String NULL_IN_STRING_SET =
      Prefixes.invalid("An string set may not have a null string as a member");
  public static final String EMPTY_STRING_SET = Prefixes.invalid("An string set  may not be empty");
  public static final String NULL_IN_NUMBER_SET =
      Prefixes.invalid("An number set may not have a null number as a member");
  public static final String EMPTY_NUMBER_SET = Prefixes.invalid("An number set  may not be empty");
  public static final String NULL_IN_BINARY_SET =
      Prefixes.invalid("Binary sets may not contain null values");
  public static final String EMPTY_BINARY_SET = Prefixes.invalid("Binary sets should not be empty");
  public static final String DUPLICATE_NUMBERS = "Input collection contains duplicates";

  public static final String TOO_DEEP =
      "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels"
          + " beyond supported limit";

  public static final String EMPTY_NAME = "Empty attribute name";
  public static final String NAME_TOO_LONG =
      "Attribute name is too large, must be less than 65536 bytes";

  public static final String NUMBER_OVERFLOW =
      "Number overflow. Attempting to store a number with magnitude larger than supported range";
  public static final String NUMBER_UNDERFLOW =
      "Number underflow. Attempting to store a number with magnitude smaller than supported range";
  public static final String TOO_MANY_DIGITS =
      "Attempting to store more than 38 significant digits in a Number";

  private AttributeTexts() {}

  public static String duplicateStrings(List<String> members) {
    return Prefixes.invalid("Input collection " + members + " contains duplicates.");
  }

  /// The missing blank is DynamoDB's.
  ///
  /// @param members in Base64
  public static String duplicateBinaries(List<String> members) {
    return Prefixes.invalid("Input collection " + members + "of type BS contains duplicates.");
  }

  public static String notANumber(String text) {
    String what = "The parameter cannot be converted to a numeric value";
    return text.isEmpty() ? what : what + ": " + text;
  }
}
