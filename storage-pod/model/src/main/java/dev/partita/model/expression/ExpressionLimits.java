package dev.partita.model.expression;

/// Bounds of the expression language. Source: page "Service, account, and table quotas" of the
/// developer guide.
public final class ExpressionLimits {

  /// Bytes of UTF-8 of one expression; checked before its syntax.
  public static final int MAX_EXPRESSION_BYTES = 4096;

  /// `AND OR NOT = <> < <= > >= BETWEEN IN + -` in one expression. Functions and parentheses are
  /// free.
  public static final int MAX_OPERATORS = 300;

  /// Values that may follow IN.
  public static final int MAX_IN_OPERANDS = 100;

  /// Steps of one document path.
  public static final int MAX_PATH_STEPS = 32;

  /// Characters of a placeholder, its `#` or `:` included.
  public static final int MAX_PLACEHOLDER_LENGTH = 255;

  /// Bytes of UTF-8 of an attribute's name.
  public static final int MAX_ATTRIBUTE_NAME_BYTES = 65_535;

  /// Bytes of all names, or of all values, with their placeholders. Source of the text, and of what
  /// is counted: recorded from DynamoDB Local.
  public static final int MAX_PLACEHOLDER_MAP_BYTES = 2 << 20;

  /// Frames that parentheses and function calls may have open on the parser's stack, which keeps it
  /// below 512 KB. No sound expression needs so many: a pair of parentheses that is not redundant
  /// holds an operator or a function, and both operators and bytes are bounded. (An update could,
  /// with an `if_not_exists` 200 deep that puts every argument in parentheses.)
  static final int MAX_OPEN_FRAMES = 800;

  /// Frames of one pair of parentheses.
  static final int FRAMES_OF_GROUP = 2;

  /// Frames of one function call.
  static final int FRAMES_OF_CALL = 3;

  private ExpressionLimits() {}
}
