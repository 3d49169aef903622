package dev.partita.model.expression;

import dev.partita.model.error.ExpressionTexts;
import dev.partita.model.expression.Update.AddAction;
import dev.partita.model.expression.Update.DeleteAction;
import dev.partita.model.expression.Update.SetAction;
import dev.partita.model.expression.Update.SetOperand;
import dev.partita.model.expression.Update.SetValue;
import dev.partita.model.value.AttributeValue;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Parses updates.
///
/// ```
/// update   = section { section }
/// section  = SET set { "," set } | REMOVE path { "," path }
///          | ADD path value { "," path value } | DELETE path value { "," path value }
/// set      = path "=" sum
/// sum      = operand [ ( "+" | "-" ) operand ] | "(" sum ")"
/// operand  = path | value | "(" operand ")"
///          | if_not_exists "(" path "," operand ")" | list_append "(" operand "," operand ")"
/// ```
///
/// DynamoDB looks at the paths to be changed and whether they overlap, then at the values; each
/// time the last action first, hence the negative places.
final class UpdateParser {

  private final Lexer lexer;
  private final Faults faults;
  private final OperandReader operands;

  private final List<Path> targets = new ArrayList<>();
  private final List<SetAction> sets = new ArrayList<>();
  private final List<Path> removes = new ArrayList<>();
  private final List<AddAction> adds = new ArrayList<>();
  private final List<DeleteAction> deletes = new ArrayList<>();

  UpdateParser(Lexer lexer, Faults faults, Placeholders placeholders) {
    this.lexer = lexer;
    this.faults = faults;
    this.operands = new OperandReader(lexer, faults, placeholders);
  }

  Update parse() {
    Set<TokenKind> seen = EnumSet.noneOf(TokenKind.class);
    do {
      TokenKind section = lexer.peek();
      if (!isSection(section)) {
        throw lexer.unexpected();
      }
      lexer.skip();
      do {
        action(section);
      } while (lexer.skipIf(TokenKind.COMMA));
      if (!seen.add(section)) {
        // Told after what is wrong with the names in the second section.
        faults.add(
            Faults.Round.NAMES, lexer.position(), ExpressionTexts.sectionTwice(section.name()));
      }
    } while (lexer.peek() != TokenKind.END);
    PathOverlap.check(targets, faults);
    return new Update(sets, removes, adds, deletes);
  }

  private static boolean isSection(TokenKind kind) {
    return kind == TokenKind.SET
        || kind == TokenKind.REMOVE
        || kind == TokenKind.ADD
        || kind == TokenKind.DELETE;
  }

  private void action(TokenKind section) {
    int place = -targets.size();
    Path path = operands.path(Faults.Round.TARGETS, place);
    targets.add(path);
    if (section == TokenKind.SET) {
      lexer.expect(TokenKind.EQ);
      sets.add(new SetAction(path, sum(place).value()));
    } else if (section == TokenKind.REMOVE) {
      removes.add(path);
    } else {
      AttributeValue value = operands.value(place);
      if (!isSet(value) && !(section == TokenKind.ADD && value instanceof AttributeValue.N)) {
        faults.add(
            Faults.Round.OPERANDS,
            place,
            ExpressionTexts.wrongActionType(section.name(), Printed.longType(value)));
      }
      if (section == TokenKind.ADD) {
        adds.add(new AddAction(path, value));
      } else {
        deletes.add(new DeleteAction(path, value));
      }
    }
  }

  private static boolean isSet(AttributeValue value) {
    return value instanceof AttributeValue.SS
        || value instanceof AttributeValue.NS
        || value instanceof AttributeValue.BS;
  }

  /// A right-hand side on its way: an operand that `+` or `-` may still follow, or a finished sum.
  private record Sum(SetValue value, boolean finished) {}

  private Sum sum(int place) {
    Term left;
    if (lexer.peek() == TokenKind.OPEN) {
      int group = operands.openGroup();
      Sum inner = sum(place);
      operands.closeGroup(group);
      if (inner.finished() || !(inner.value() instanceof SetValue.Plain(SetOperand operand))) {
        return inner;
      }
      left = new Term(operand, NO_APPEND);
    } else {
      left = simpleTerm(place);
    }
    TokenKind operator = lexer.peek();
    if (operator != TokenKind.PLUS && operator != TokenKind.MINUS) {
      return new Sum(new SetValue.Plain(left.operand()), false);
    }
    lexer.skip();
    refuseAppend(left);
    SetOperand right = nested(place);
    String symbol = operator == TokenKind.PLUS ? "+" : "-";
    checkType(symbol, "N", left.operand(), place);
    checkType(symbol, "N", right, place);
    operands.countOperator(place);
    SetValue value =
        operator == TokenKind.PLUS
            ? new SetValue.Plus(left.operand(), right)
            : new SetValue.Minus(left.operand(), right);
    return new Sum(value, true);
  }

  private static final int NO_APPEND = -1;

  /// @param appendAt where `list_append` stands, which is in place only as a whole right-hand side;
  ///   `NO_APPEND` for other operands
  private record Term(SetOperand operand, int appendAt) {}

  /// An operand inside another one or beside an operator.
  private SetOperand nested(int place) {
    if (lexer.peek() == TokenKind.OPEN) {
      int group = operands.openGroup();
      SetOperand operand = nested(place);
      operands.closeGroup(group);
      return operand;
    }
    Term term = simpleTerm(place);
    refuseAppend(term);
    return term.operand();
  }

  private void refuseAppend(Term term) {
    if (term.appendAt() != NO_APPEND) {
      faults.add(
          Faults.Round.NAMES, term.appendAt(), ExpressionTexts.functionOutOfPlace("list_append"));
    }
  }

  private Term simpleTerm(int place) {
    if (lexer.peek() == TokenKind.VALUE) {
      return new Term(new SetOperand.Literal(operands.value(place)), NO_APPEND);
    }
    if (lexer.peek() == TokenKind.WORD && lexer.peekSecond() == TokenKind.OPEN) {
      return call(place);
    }
    return new Term(new SetOperand.At(operands.path(Faults.Round.OPERANDS, place)), NO_APPEND);
  }

  private Term call(int place) {
    int position = lexer.position();
    String name = lexer.nextText();
    operands.openCall(name);
    List<SetOperand> arguments = new ArrayList<>(2);
    do {
      arguments.add(nested(place));
    } while (lexer.skipIf(TokenKind.COMMA));
    operands.closeCall();
    return call(name, position, arguments, place);
  }

  /// Apart from the reading of arguments, which is what recurs: small frames there.
  private Term call(String name, int position, List<SetOperand> arguments, int place) {
    return switch (name) {
      case "if_not_exists" -> new Term(ifNotExists(arguments, place), NO_APPEND);
      case "list_append" -> new Term(listAppend(arguments, place), position);
      case "size",
          "contains",
          "begins_with",
          "attribute_type",
          "attribute_exists",
          "attribute_not_exists" -> {
        faults.add(
            Faults.Round.NAMES, position, ExpressionTexts.functionNotAllowed(name, "an update"));
        yield new Term(arguments.getFirst(), NO_APPEND);
      }
      default -> {
        faults.add(Faults.Round.NAMES, position, ExpressionTexts.unknownFunction(name));
        yield new Term(arguments.getFirst(), NO_APPEND);
      }
    };
  }

  private SetOperand ifNotExists(List<SetOperand> arguments, int place) {
    if (!arity("if_not_exists", arguments, place)) {
      return arguments.getFirst();
    }
    if (!(arguments.getFirst() instanceof SetOperand.At(Path path))) {
      faults.add(Faults.Round.OPERANDS, place, ExpressionTexts.pathRequired("if_not_exists"));
      return arguments.getFirst();
    }
    if (arguments.get(1) instanceof SetOperand.At(Path second) && path.equals(second)) {
      faults.add(
          Faults.Round.OPERANDS,
          place,
          ExpressionTexts.notDistinct("if_not_exists", path.inBrackets()));
    }
    return new SetOperand.IfNotExists(path, arguments.get(1));
  }

  private SetOperand listAppend(List<SetOperand> arguments, int place) {
    if (!arity("list_append", arguments, place)) {
      return arguments.getFirst();
    }
    checkType("list_append", "L", arguments.getFirst(), place);
    checkType("list_append", "L", arguments.get(1), place);
    return new SetOperand.ListAppend(arguments.getFirst(), arguments.get(1));
  }

  private boolean arity(String function, List<SetOperand> arguments, int place) {
    if (arguments.size() == 2) {
      return true;
    }
    faults.add(
        Faults.Round.OPERANDS,
        place,
        ExpressionTexts.wrongNumberOfOperands(function, arguments.size()));
    return false;
  }

  private void checkType(String operator, String type, SetOperand operand, int place) {
    if (operand instanceof SetOperand.Literal(AttributeValue value) && !value.type().equals(type)) {
      faults.add(Faults.Round.OPERANDS, place, ExpressionTexts.wrongType(operator, value.type()));
    }
  }
}
