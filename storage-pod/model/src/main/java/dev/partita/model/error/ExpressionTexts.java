package dev.partita.model.error;

/// Texts on expressions. What is wrong inside one is told behind {@link #invalid}; paths, values
/// and types are given as they are printed.
public final class ExpressionTexts {

  public static final String EMPTY = "The expression can not be empty;";
  public static final String REDUNDANT_PARENTHESES = "The expression has redundant parentheses;";
  public static final String INVALID_PATH_FOR_UPDATE =
      "The document path provided in the update expression is invalid for update";
  public static final String WRONG_OPERAND_TYPE =
      "An operand in the update expression has an incorrect data type";
  public static final String TYPE_MISMATCH = "Type mismatch for attribute to update";
  public static final String NO_SUCH_ATTRIBUTE =
      "The provided expression refers to an attribute that does not exist in the item";

  /// What DynamoDB says about the second operand of `attribute_type` when it is a path: all the
  /// types its own type system knows, in no order.
  public static final String ALL_TYPES =
      "{B,N,INTSET,DOUBLESET,FLOAT,NS,M,HDS,NULL,S,DOUBLE,BOOL,INT,SS,HD,DECIMAL,L,FS,DICT,BS,"
          + "DECIMALSET}";

  private ExpressionTexts() {}

  public static String invalid(String kind, String what) {
    return "Invalid " + kind + ": " + what;
  }

  public static String syntaxError(String kind, String token, String near) {
    return invalid(kind, "Syntax error; token: \"" + token + "\", near: \"" + near + "\"");
  }

  public static String tooLong(int bytes) {
    return "Expression size has exceeded the maximum allowed size; expression size: " + bytes;
  }

  public static String tooManyOperators(int count) {
    return "The expression contains too many operators; operator count: " + count;
  }

  public static String tooManyInOperands(int count) {
    return "The IN operator is provided with too many operands; number of operands: " + count;
  }

  public static String tooDeep(int levels) {
    return "The document path has too many nesting levels; nesting levels: " + levels;
  }

  public static String indexOutOfRange(String index) {
    return "List index is not within the allowable range; index: [" + index + "]";
  }

  public static String unknownFunction(String name) {
    return "Invalid function name; function: " + name;
  }

  public static String functionOutOfPlace(String name) {
    return "The function is not allowed to be used this way in an expression; function: " + name;
  }

  public static String functionNotAllowed(String name, String where) {
    return "The function is not allowed in " + where + " expression; function: " + name;
  }

  public static String reservedWord(String word) {
    return "Attribute name is a reserved keyword; reserved keyword: " + word;
  }

  public static String undefinedName(String name) {
    return "An expression attribute name used in the document path is not defined; attribute"
        + " name: "
        + name;
  }

  public static String undefinedValue(String value) {
    return "An expression attribute value used in expression is not defined; attribute value: "
        + value;
  }

  public static String wrongNumberOfOperands(String function, int count) {
    return "Incorrect number of operands for operator or function; operator or function: "
        + function
        + ", number of operands: "
        + count;
  }

  public static String pathRequired(String function) {
    return "Operator or function requires a document path; operator or function: " + function;
  }

  public static String wrongType(String operator, String type) {
    return "Incorrect operand type for operator or function; operator or function: "
        + operator
        + ", operand type: "
        + type;
  }

  /// ADD and DELETE name the types in their own way.
  public static String wrongActionType(String action, String type) {
    return "Incorrect operand type for operator or function; operator: "
        + action
        + ", operand type: "
        + type
        + ", typeSet: ALLOWED_FOR_"
        + action
        + "_OPERAND";
  }

  public static String notDistinct(String operator, String first) {
    return "The first operand must be distinct from the remaining operands for this operator or"
        + " function; operator: "
        + operator
        + ", first operand: "
        + first;
  }

  public static String unknownType(String type) {
    return "Invalid attribute type name found; type: "
        + type
        + ", valid types: {N,BS,L,B,NULL,M,S,SS,NS,BOOL}";
  }

  public static String boundsOfTwoTypes(String lower, String upper) {
    return "The BETWEEN operator requires same data type for lower and upper bounds; "
        + bounds(lower, upper);
  }

  public static String boundsReversed(String lower, String upper) {
    return "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; "
        + bounds(lower, upper);
  }

  public static String sectionTwice(String section) {
    return "The \"" + section + "\" section can only be used once in an update expression;";
  }

  public static String overlap(String one, String two) {
    return "Two document paths overlap with each other; " + pair(one, two);
  }

  public static String conflict(String one, String two) {
    return "Two document paths conflict with each other; " + pair(one, two);
  }

  private static String pair(String one, String two) {
    return "must remove or rewrite one of these paths; path one: " + one + ", path two: " + two;
  }

  private static String bounds(String lower, String upper) {
    return "lower bound operand: " + lower + ", upper bound operand: " + upper;
  }
}
