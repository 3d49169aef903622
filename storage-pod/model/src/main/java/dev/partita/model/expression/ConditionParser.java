package dev.partita.model.expression;

import dev.partita.model.error.ExpressionTexts;
import dev.partita.model.expression.Condition.Comparator;
import java.util.ArrayList;
import java.util.List;

/// Parses conditions and filters.
///
/// ```
/// condition  = term { OR term }            term = factor { AND factor }
/// factor     = { NOT } ( test | call | "(" condition ")" )
/// test       = operand comparator operand | operand BETWEEN operand AND operand
///            | operand IN "(" operand { "," operand } ")"
/// operand    = path | value | call | "(" operand ")"
/// call       = word "(" operand { "," operand } ")"
/// ```
///
/// A parenthesis may open a condition or an operand; which it was is known at its end. Until then
/// what was read travels as {@link Parsed}, and the first token that fits neither is the error.
final class ConditionParser {

  /// Conditions have one round of operands, in the order of the text: all at one place.
  static final int PLACE = 0;

  /// What a parenthesis turned out to hold.
  sealed interface Parsed {
    record Test(Condition condition) implements Parsed {}

    record Value(Operand operand) implements Parsed {}

    /// A call, whose use decides whether it is in place.
    record Call(FunctionCall call) implements Parsed {}
  }

  private final Lexer lexer;
  private final Faults faults;
  private final OperandReader operands;
  private final OperandChecks checks;

  ConditionParser(Lexer lexer, Faults faults, Placeholders placeholders) {
    this.lexer = lexer;
    this.faults = faults;
    this.operands = new OperandReader(lexer, faults, placeholders);
    this.checks = new OperandChecks(faults);
  }

  Condition parse() {
    Condition condition = condition(expression(false));
    lexer.expect(TokenKind.END);
    return condition;
  }

  /// @param inParentheses whether a bare operand before a closing parenthesis will do
  private Parsed expression(boolean inParentheses) {
    List<Condition> alternatives = null;
    List<Condition> factors = null;
    while (true) {
      int negations = 0;
      while (lexer.skipIf(TokenKind.NOT)) {
        negations++;
      }
      boolean alone = negations == 0 && alternatives == null && factors == null;
      Parsed parsed = test(inParentheses && alone);
      if (alone && inParentheses && lexer.peek() == TokenKind.CLOSE) {
        return parsed;
      }
      Condition factor = negated(condition(parsed), negations);
      if (factors != null) {
        operands.countOperator(PLACE);
        factors.add(factor);
      }
      if (lexer.skipIf(TokenKind.AND)) {
        if (factors == null) {
          factors = new ArrayList<>();
          factors.add(factor);
        }
        continue;
      }
      Condition term = factors == null ? factor : new Condition.And(factors);
      factors = null;
      if (alternatives != null) {
        operands.countOperator(PLACE);
        alternatives.add(term);
      }
      if (lexer.skipIf(TokenKind.OR)) {
        if (alternatives == null) {
          alternatives = new ArrayList<>();
          alternatives.add(term);
        }
        continue;
      }
      return new Parsed.Test(alternatives == null ? term : new Condition.Or(alternatives));
    }
  }

  private Condition negated(Condition condition, int negations) {
    for (int i = 0; i < negations; i++) {
      operands.countOperator(PLACE);
    }
    if (negations == 0) {
      return condition;
    }
    // Two of them say the same as one pair, however many follow: no depth from a row of NOTs.
    Condition negated = new Condition.Not(condition);
    return negations % 2 == 0 ? new Condition.Not(negated) : negated;
  }

  private Parsed test(boolean bareOperandAllowed) {
    Parsed left;
    if (lexer.peek() == TokenKind.OPEN) {
      int group = operands.openGroup();
      left = expression(true);
      operands.closeGroup(group);
      if (!(left instanceof Parsed.Value)) {
        // Known to hold a condition: told here, before anything wrong further on is seen.
        faults.throwIn(Faults.Round.PARENTHESES);
      }
      if (left instanceof Parsed.Test) {
        return left;
      }
    } else {
      left = simpleOperand();
    }
    Comparator comparator = lexer.peek().comparator();
    if (comparator != null) {
      lexer.skip();
      return new Parsed.Test(compare(operand(left), comparator, operand()));
    }
    if (lexer.skipIf(TokenKind.BETWEEN)) {
      return new Parsed.Test(between(operand(left)));
    }
    if (lexer.skipIf(TokenKind.IN)) {
      return new Parsed.Test(in(operand(left)));
    }
    boolean bareOperandEnds = bareOperandAllowed && lexer.peek() == TokenKind.CLOSE;
    if (left instanceof Parsed.Call || bareOperandEnds) {
      return left;
    }
    throw lexer.unexpected();
  }

  private Condition compare(Operand left, Comparator comparator, Operand right) {
    String symbol = symbol(comparator);
    if (comparator != Comparator.EQ && comparator != Comparator.NE) {
      checks.ordered(symbol, left);
      checks.ordered(symbol, right);
    }
    checks.distinct(symbol, left, right);
    operands.countOperator(PLACE);
    return new Condition.Compare(left, comparator, right);
  }

  private Condition between(Operand operand) {
    Operand lower = operand();
    lexer.expect(TokenKind.AND);
    Operand upper = operand();
    checks.ordered("BETWEEN", operand);
    checks.ordered("BETWEEN", lower);
    checks.ordered("BETWEEN", upper);
    checks.distinct("BETWEEN", operand, lower);
    checks.distinct("BETWEEN", operand, upper);
    checks.bounds(lower, upper);
    operands.countOperator(PLACE);
    return new Condition.Between(operand, lower, upper);
  }

  private Condition in(Operand operand) {
    lexer.expect(TokenKind.OPEN);
    List<Operand> candidates = new ArrayList<>();
    do {
      candidates.add(operand());
    } while (lexer.skipIf(TokenKind.COMMA));
    lexer.expect(TokenKind.CLOSE);
    for (Operand candidate : candidates) {
      checks.distinct("IN", operand, candidate);
    }
    if (candidates.size() > ExpressionLimits.MAX_IN_OPERANDS) {
      faults.add(
          Faults.Round.OPERANDS, PLACE, ExpressionTexts.tooManyInOperands(candidates.size()));
    }
    operands.countOperator(PLACE);
    return new Condition.In(operand, candidates);
  }

  /// Reads an operand where nothing but an operand can stand.
  private Operand operand() {
    if (lexer.peek() != TokenKind.OPEN) {
      return operand(simpleOperand());
    }
    int group = operands.openGroup();
    Operand operand = operand();
    operands.closeGroup(group);
    return operand;
  }

  private Parsed simpleOperand() {
    if (lexer.peek() == TokenKind.VALUE) {
      return new Parsed.Value(new Operand.Literal(operands.value(PLACE)));
    }
    if (lexer.peek() == TokenKind.WORD && lexer.peekSecond() == TokenKind.OPEN) {
      return new Parsed.Call(call());
    }
    return new Parsed.Value(new Operand.At(operands.path(Faults.Round.OPERANDS, PLACE)));
  }

  private FunctionCall call() {
    int position = lexer.position();
    String name = lexer.nextText();
    operands.openCall(name);
    List<Operand> arguments = new ArrayList<>(2);
    do {
      arguments.add(operand());
    } while (lexer.skipIf(TokenKind.COMMA));
    operands.closeCall();
    return FunctionCall.of(name, position, arguments, faults, checks);
  }

  private Condition condition(Parsed parsed) {
    return switch (parsed) {
      case Parsed.Test(Condition condition) -> condition;
      case Parsed.Call(FunctionCall call) -> call.asCondition(faults);
      case Parsed.Value _ -> throw lexer.unexpected();
    };
  }

  private Operand operand(Parsed parsed) {
    return switch (parsed) {
      case Parsed.Value(Operand operand) -> operand;
      case Parsed.Call(FunctionCall call) -> call.asOperand(faults);
      case Parsed.Test _ -> throw lexer.unexpected();
    };
  }

  private static String symbol(Comparator comparator) {
    return switch (comparator) {
      case EQ -> "=";
      case NE -> "<>";
      case LT -> "<";
      case LE -> "<=";
      case GT -> ">";
      case GE -> ">=";
    };
  }
}
