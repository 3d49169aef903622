package dev.partita.model.expression;

import dev.partita.model.value.AttributeValue;
import java.util.Collection;

/// The texts of the errors that an expression can have, in one place. Those without a prefix are
/// put behind `Invalid <Kind>: ` by {@link Faults}.
final class ExpressionTexts {

  static final String EMPTY = "The expression can not be empty;";
  static final String REDUNDANT_PARENTHESES = "The expression has redundant parentheses;";
  static final String INVALID_PATH_FOR_UPDATE =
      "The document path provided in the update expression is invalid for update";
  static final String WRONG_OPERAND_TYPE =
      "An operand in the update expression has an incorrect data type";
  static final String TYPE_MISMATCH = "Type mismatch for attribute to update";
  static final String NO_SUCH_ATTRIBUTE =
      "The provided expression refers to an attribute that does not exist in the item";

  /// What DynamoDB says about the second operand of `attribute_type` when it is a path: all the
  /// types its own type system knows, in no order.
  static final String ALL_TYPES =
      "{B,N,INTSET,DOUBLESET,FLOAT,NS,M,HDS,NULL,S,DOUBLE,BOOL,INT,SS,HD,DECIMAL,L,FS,DICT,BS,"
          + "DECIMALSET}";

  private ExpressionTexts() {}

  static String invalid(String kind, String what) {
    return "Invalid " + kind + ": " + what;
  }

  static String syntaxError(String kind, String token, String near) {
    return invalid(kind, "Syntax error; token: \"" + token + "\", near: \"" + near + "\"");
  }

  static String tooLong(int bytes) {
    return "Expression size has exceeded the maximum allowed size; expression size: " + bytes;
  }

  static String tooManyOperators(int count) {
    return "The expression contains too many operators; operator count: " + count;
  }

  static String tooManyInOperands(int count) {
    return "The IN operator is provided with too many operands; number of operands: " + count;
  }

  static String tooDeep(int levels) {
    return "The document path has too many nesting levels; nesting levels: " + levels;
  }

  static String indexOutOfRange(String index) {
    return "List index is not within the allowable range; index: [" + index + "]";
  }

  static String unknownFunction(String name) {
    return "Invalid function name; function: " + name;
  }

  static String functionOutOfPlace(String name) {
    return "The function is not allowed to be used this way in an expression; function: " + name;
  }

  static String functionNotAllowed(String name, String where) {
    return "The function is not allowed in " + where + " expression; function: " + name;
  }

  static String reservedWord(String word) {
    return "Attribute name is a reserved keyword; reserved keyword: " + word;
  }

  static String undefinedName(String name) {
    return "An expression attribute name used in the document path is not defined; attribute"
        + " name: "
        + name;
  }

  static String undefinedValue(String value) {
    return "An expression attribute value used in expression is not defined; attribute value: "
        + value;
  }

  static String wrongNumberOfOperands(String function, int count) {
    return "Incorrect number of operands for operator or function; operator or function: "
        + function
        + ", number of operands: "
        + count;
  }

  static String pathRequired(String function) {
    return "Operator or function requires a document path; operator or function: " + function;
  }

  static String wrongType(String operator, String type) {
    return "Incorrect operand type for operator or function; operator or function: "
        + operator
        + ", operand type: "
        + type;
  }

  /// ADD and DELETE name the types in their own way.
  static String wrongActionType(String action, AttributeValue value) {
    return "Incorrect operand type for operator or function; operator: "
        + action
        + ", operand type: "
        + longTypeName(value)
        + ", typeSet: ALLOWED_FOR_"
        + action
        + "_OPERAND";
  }

  static String notDistinct(String operator, Path first) {
    return "The first operand must be distinct from the remaining operands for this operator or"
        + " function; operator: "
        + operator
        + ", first operand: "
        + first.inBrackets();
  }

  static String unknownType(String type) {
    return "Invalid attribute type name found; type: "
        + type
        + ", valid types: {N,BS,L,B,NULL,M,S,SS,NS,BOOL}";
  }

  static String boundsOfTwoTypes(AttributeValue lower, AttributeValue upper) {
    return "The BETWEEN operator requires same data type for lower and upper bounds; "
        + bounds(lower, upper);
  }

  static String boundsReversed(AttributeValue lower, AttributeValue upper) {
    return "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; "
        + bounds(lower, upper);
  }

  static String sectionTwice(String section) {
    return "The \"" + section + "\" section can only be used once in an update expression;";
  }

  static String overlap(Path one, Path two) {
    return "Two document paths overlap with each other; " + pair(one, two);
  }

  static String conflict(Path one, Path two) {
    return "Two document paths conflict with each other; " + pair(one, two);
  }

  static String unused(String parameter, Collection<String> keys) {
    return "Value provided in "
        + parameter
        + " unused in expressions: keys: {"
        + String.join(", ", keys)
        + "}";
  }

  private static String pair(Path one, Path two) {
    return "must remove or rewrite one of these paths; path one: "
        + one.inBrackets()
        + ", path two: "
        + two.inBrackets();
  }

  private static String bounds(AttributeValue lower, AttributeValue upper) {
    return "lower bound operand: " + shown(lower) + ", upper bound operand: " + shown(upper);
  }

  private static String shown(AttributeValue value) {
    String content =
        switch (value) {
          case AttributeValue.S(String s) -> s;
          // DynamoDB shows the number as the client wrote it; that text is not kept.
          case AttributeValue.N n -> n.value().toString();
          // DynamoDB prints its own buffer object here.
          case AttributeValue.B b ->
              "java.nio.HeapByteBuffer[pos=0 lim="
                  + b.value().length()
                  + " cap="
                  + b.value().length()
                  + "]";
          case AttributeValue.Bool _,
              AttributeValue.Null _,
              AttributeValue.SS _,
              AttributeValue.NS _,
              AttributeValue.BS _,
              AttributeValue.L _,
              AttributeValue.M _ ->
              throw new IllegalArgumentException("no bound of BETWEEN: " + value.type());
        };
    return "AttributeValue: {" + value.type() + ":" + content + "}";
  }

  private static String longTypeName(AttributeValue value) {
    return switch (value) {
      case AttributeValue.S _ -> "STRING";
      case AttributeValue.N _ -> "NUMBER";
      case AttributeValue.B _ -> "BINARY";
      case AttributeValue.Bool _ -> "BOOLEAN";
      case AttributeValue.Null _ -> "NULL";
      case AttributeValue.SS _ -> "STRING_SET";
      case AttributeValue.NS _ -> "NUMBER_SET";
      case AttributeValue.BS _ -> "BINARY_SET";
      case AttributeValue.L _ -> "LIST";
      case AttributeValue.M _ -> "MAP";
    };
  }
}
