package dev.partita.model.expression;

import dev.partita.model.expression.Condition.Comparator;
import org.jspecify.annotations.Nullable;

/// The terminals of the expression grammar.
enum TokenKind {
  /// A bare word: attribute or function name.
  WORD,
  /// `#name`.
  NAME,
  /// `:value`.
  VALUE,
  /// `0` or a number without leading zero.
  INDEX,
  EQ(Comparator.EQ),
  NE(Comparator.NE),
  LT(Comparator.LT),
  LE(Comparator.LE),
  GT(Comparator.GT),
  GE(Comparator.GE),
  PLUS,
  MINUS,
  OPEN,
  CLOSE,
  OPEN_BRACKET,
  CLOSE_BRACKET,
  COMMA,
  DOT,
  AND,
  OR,
  NOT,
  BETWEEN,
  IN,
  SET,
  REMOVE,
  ADD,
  DELETE,
  /// A character that begins no token.
  UNKNOWN,
  END;

  private final @Nullable Comparator comparator;

  TokenKind() {
    this(null);
  }

  TokenKind(@Nullable Comparator comparator) {
    this.comparator = comparator;
  }

  @Nullable Comparator comparator() {
    return comparator;
  }
}
