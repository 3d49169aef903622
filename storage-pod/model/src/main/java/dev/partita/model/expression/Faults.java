package dev.partita.model.expression;

import dev.partita.model.error.ApiException;
import dev.partita.model.error.ExpressionTexts;
import org.jspecify.annotations.Nullable;

/// Decides which of an expression's faults is told. DynamoDB looks at an expression in several
/// rounds: syntax, then parentheses, then names of functions and attributes, then the paths to be
/// changed or shown, then what the operands are. We look once and remember the fault of the
/// earliest round; within a round, the one with the smallest place; at one place, the one that was
/// found first.
///
/// Syntax errors are not collected here: the lexer throws them at once, so they come before all but
/// redundant parentheses around a condition that ends before them.
final class Faults {

  /// The rounds in DynamoDB's order.
  enum Round {
    PARENTHESES,
    NAMES,
    TARGETS,
    OPERANDS
  }

  private final String kindOfExpression;
  private @Nullable Round round;
  private int place;
  private @Nullable String text;

  Faults(String kindOfExpression) {
    this.kindOfExpression = kindOfExpression;
  }

  /// @param newPlace smaller is told first; the meaning is the round's own
  void add(Round newRound, int newPlace, String what) {
    if (round != null) {
      int order = newRound.compareTo(round);
      if (order > 0 || (order == 0 && newPlace >= place)) {
        return;
      }
    }
    round = newRound;
    place = newPlace;
    text = what;
  }

  /// The error for a fault that ends the parse where it stands.
  ApiException now(String what) {
    return ApiException.validation(ExpressionTexts.invalid(kindOfExpression, what));
  }

  /// Throws the fault to be told if it is of the given round.
  void throwIn(Round of) {
    if (round == of) {
      throwFirst();
    }
  }

  /// Throws the fault that DynamoDB would tell, if there is one.
  void throwFirst() {
    if (text != null) {
      throw now(text);
    }
  }
}
