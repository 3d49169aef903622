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

  /// Parentheses and function calls open at one place. No valid expression comes near it: a pair of
  /// parentheses needs an operator or a function inside to be more than redundant, and operators
  /// and bytes are bounded. Keeps the parser's stack below 512 KB.
  static final int MAX_NESTING = 640;

  private ExpressionLimits() {}
}
